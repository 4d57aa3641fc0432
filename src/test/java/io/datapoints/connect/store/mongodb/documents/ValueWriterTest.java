package io.datapoints.connect.store.mongodb.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.datapoints.connect.config.mapping.MappedTarget.Decimals;
import io.datapoints.connect.model.DecimalValue;
import io.datapoints.connect.model.InvalidValue;
import io.datapoints.connect.model.MappedRecord;
import io.datapoints.connect.store.mongodb.bson.BsonBytes;
import io.datapoints.connect.store.mongodb.bson.Field;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.bson.BsonBinary;
import org.bson.BsonBoolean;
import org.bson.BsonDateTime;
import org.bson.BsonDecimal128;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonNull;
import org.bson.BsonObjectId;
import org.bson.BsonString;
import org.bson.BsonTimestamp;
import org.bson.BsonValue;
import org.bson.types.Decimal128;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of each kind of value. */
class ValueWriterTest {

  private static final Field FIELD = Field.named("f");
  private static final UUID ID = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");
  private static final io.datapoints.connect.model.BsonValue OID =
      io.datapoints.connect.model.BsonValue.objectId(
          new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12});
  private static final BigInteger BEYOND_LONG = BigInteger.ONE.shiftLeft(63);

  private final ValueWriter writer = new ValueWriter();

  static Stream<Arguments> values() {
    return Stream.of(
        arguments(true, BsonBoolean.TRUE),
        arguments(false, BsonBoolean.FALSE),
        arguments((byte) -1, new BsonInt32(-1)),
        arguments((short) 300, new BsonInt32(300)),
        arguments(Integer.MIN_VALUE, new BsonInt32(Integer.MIN_VALUE)),
        arguments(1L, new BsonInt64(1)),
        arguments(Long.MIN_VALUE, new BsonInt64(Long.MIN_VALUE)),
        arguments(BigInteger.TEN, new BsonInt64(10)),
        arguments(BEYOND_LONG.negate(), new BsonInt64(Long.MIN_VALUE)),
        arguments(BEYOND_LONG, decimal("9223372036854775808")),
        arguments(0.5f, new BsonDouble(0.5)),
        arguments(-0.0, new BsonDouble(-0.0)),
        arguments(Double.NaN, new BsonDouble(Double.NaN)),
        arguments(new BigDecimal("0.1"), new BsonDouble(0.1)),
        arguments(new BigDecimal("1.50"), new BsonDouble(1.5)),
        // A double, though not in Java's shortest digits.
        arguments(new BigDecimal("9.094947017729282379150390625E-13"), new BsonDouble(0x1p-40)),
        arguments(new BigDecimal("0.12345678901234567890"), decimal("0.12345678901234567890")),
        arguments(new BigDecimal("1e400"), decimal("1E+400")),
        arguments(DecimalValue.of(new BigDecimal("1.50")), decimal("1.50")),
        arguments(DecimalValue.of(new BigDecimal("1")), decimal("1")),
        arguments(DecimalValue.of(new BigDecimal("1e3")), decimal("1E+3")),
        arguments(
            List.of(DecimalValue.of(new BigDecimal("0.1")), 0.1),
            BsonDocument.parse("{f: [{$numberDecimal: '0.1'}, 0.1]}").get("f")),
        arguments(OID, new BsonObjectId(new ObjectId("0102030405060708090a0b0c"))),
        arguments(Map.of("a", List.of(OID)), BsonDocument.parse("{a: [{$oid: '" + OID + "'}]}")),
        arguments(
            new io.datapoints.connect.model.BsonValue(
                (byte) 17, new byte[] {2, 0, 0, 0, 1, 0, 0, 0}, ""),
            new BsonTimestamp(1, 2)),
        arguments(new BigDecimal("1e-400"), decimal("1E-400")),
        arguments("", new BsonString("")),
        arguments("grün 😀\0", new BsonString("grün 😀\0")),
        arguments(ByteBuffer.wrap(new byte[] {9, 1, 2}, 1, 2), new BsonBinary(new byte[] {1, 2})),
        arguments(Instant.ofEpochMilli(-1), new BsonDateTime(-1)),
        arguments(Instant.parse("1969-12-31T23:59:59.9995Z"), new BsonDateTime(-1)),
        arguments(LocalDate.of(1970, 1, 2), new BsonDateTime(86_400_000)),
        arguments(LocalTime.of(7, 5), new BsonString("07:05:00")),
        arguments(LocalTime.of(7, 5, 1, 20), new BsonString("07:05:01.00000002")),
        arguments(ID, new BsonBinary(ID)),
        arguments(MappedRecord.NULL, BsonNull.VALUE),
        arguments(List.of(), BsonDocument.parse("{f: []}").get("f")),
        arguments(
            Arrays.asList(1, null, List.of("x"), Map.of("y", 2)),
            BsonDocument.parse("{f: [1, null, ['x'], {y: 2}]}").get("f")),
        arguments(
            new TreeMap<>(Map.of("$ref", "users", "$id", OID, "$db", "shop")),
            of("{$db: 'shop', $id: {$oid: '" + OID + "'}, $ref: 'users'}")),
        arguments(Map.of(), new BsonDocument()),
        arguments(Map.of(7, Map.of(ID, true)), BsonDocument.parse("{'7': {'" + ID + "': true}}")));
  }

  @ParameterizedTest
  @MethodSource("values")
  void eachKindHasItsType(Object value, BsonValue expected) {
    assertThat(encoded(value)).isEqualTo(expected);
  }

  static Stream<Arguments> keys() {
    return Stream.of(
        arguments(1, new BsonInt64(1)),
        arguments(-0.0, new BsonInt64(0)),
        arguments(0x1p62, new BsonInt64(1L << 62)),
        arguments(-0x1p63, new BsonInt64(Long.MIN_VALUE)),
        arguments(0x1p63, new BsonDouble(0x1p63)),
        arguments(BEYOND_LONG, new BsonDouble(0x1p63)),
        arguments(new BigDecimal("1e3"), new BsonInt64(1_000)),
        arguments(new BigDecimal("0.1"), new BsonDouble(0.1)),
        arguments(Double.NaN, new BsonDouble(Double.NaN)),
        // A key finds the documents that are there, whatever its schema says.
        arguments(DecimalValue.of(new BigDecimal("42.00")), new BsonInt64(42)),
        arguments(DecimalValue.of(new BigDecimal("0.10")), new BsonDouble(0.1)),
        arguments(OID, new BsonObjectId(new ObjectId("0102030405060708090a0b0c"))),
        arguments(Map.of("a", List.of(1)), BsonDocument.parse("{a: [{$numberLong: '1'}]}")));
  }

  @ParameterizedTest
  @MethodSource("keys")
  void aWholeNumberInAKeyIsALongOne(Object value, BsonValue expected) {
    BsonBytes out = writer.begin(Decimals.DECLARED);
    int start = out.begin();
    writer.key(FIELD, value, 2);
    out.end(start);
    assertThat(out.document(start).get("f")).isEqualTo(expected);
  }

  /** Equal ones have one form, by which the rows of a batch are told apart. */
  @ParameterizedTest
  @CsvSource({"19.90, 19.9", "19.9, 19.9", "100, 100", "1E+2, 100", "0.00, 0", "1E+40, 1E+40"})
  void aDecimalThatAKeyAsksForHasOneForm(BigDecimal number, String stored) {
    for (Decimals decimals : Decimals.values()) {
      BsonBytes out = writer.begin(decimals);
      int start = out.begin();
      writer.typedKey(FIELD, DecimalValue.of(number), 2);
      writer.typedKey(Field.named("port"), 443, 2);
      out.end(start);
      assertThat(out.document(start).get("f")).isEqualTo(decimal(stored));
      assertThat(out.document(start).get("port")).isEqualTo(new BsonInt32(443));
    }
  }

  static Stream<Arguments> decimals() {
    return Stream.of(
        arguments(1L, new BsonInt64(1), decimal("1")),
        arguments(7, new BsonInt32(7), decimal("7")),
        arguments(BigInteger.TEN, new BsonInt64(10), decimal("10")),
        arguments(1.5, decimal("1.5"), decimal("1.5")),
        arguments(0.1f, decimal("0.1"), decimal("0.1")),
        arguments(1e300, decimal("1.0E+300"), decimal("1.0E+300")),
        arguments(-0.0, decimal("-0.0"), decimal("-0.0")),
        arguments(Double.NaN, decimal("NaN"), decimal("NaN")),
        arguments(Double.NEGATIVE_INFINITY, decimal("-Infinity"), decimal("-Infinity")),
        arguments(new BigDecimal("1.50"), decimal("1.50"), decimal("1.50")),
        arguments(DecimalValue.of(new BigDecimal("1.50")), decimal("1.50"), decimal("1.50")),
        arguments(Map.of("a", List.of(1.5)), of("{a: [{$numberDecimal: '1.5'}]}"), null),
        arguments("1.5", new BsonString("1.5"), new BsonString("1.5")));
  }

  @ParameterizedTest
  @MethodSource("decimals")
  void moreNumbersAreDecimalsOnRequest(Object value, BsonValue fractions, @Nullable BsonValue all) {
    assertThat(encoded(value, Decimals.FRACTIONS)).isEqualTo(fractions);
    assertThat(encoded(value, Decimals.ALL)).isEqualTo(all == null ? fractions : all);
    BsonBytes out = writer.begin(Decimals.ALL);
    int start = out.begin();
    writer.key(FIELD, 1.5, 2);
    out.end(start);
    assertThat(out.document(start).get("f")).as("in a key").isEqualTo(new BsonDouble(1.5));
  }

  static Stream<Arguments> impossible() {
    return Stream.of(
        arguments("a\uD800", "is not valid Unicode: it has half of a surrogate pair."),
        arguments(new BigDecimal("1e7000"), "is a number that no decimal of 34 digits can hold."),
        arguments(
            new BigDecimal("1.2345678901234567890123456789012345"),
            "is a number that no decimal of 34 digits can hold."),
        arguments(
            BigInteger.ONE.shiftLeft(200_000),
            "is a number that no decimal of 34 digits can hold."),
        arguments(
            new BigDecimal(BigInteger.ONE.shiftLeft(200_000), 60_000),
            "is a number that no decimal of 34 digits can hold."),
        arguments(
            DecimalValue.of(new BigDecimal("1.2345678901234567890123456789012345")),
            "is a number that no decimal of 34 digits can hold."),
        arguments(Instant.MAX, "is a time that no date of MongoDB can have."),
        arguments(LocalDate.MIN, "is a time that no date of MongoDB can have."),
        arguments(new Object(), "is of a kind that has no type in MongoDB."),
        arguments(
            List.of(1, "\uDC00"),
            "element 1 is not valid Unicode: it has half of a surrogate pair."),
        arguments(Map.of(List.of(), 1), "field 0 has a name that is no text, number or time."),
        arguments(
            Map.of("$ref", "a"),
            "field 0 has a name that begins with $; ejson(x) reads extended JSON."),
        arguments(new TreeMap<>(Map.of("$a", 1, "b", 1)), "field 0 has a name that begins with $."),
        arguments(
            Map.of("a", Map.of("$a", 1)),
            "field 0 field 0 has a name that begins with $; ejson(x) reads extended JSON."));
  }

  @ParameterizedTest
  @MethodSource("impossible")
  void whatNoDocumentCanHoldIsNamedByItsPlace(Object value, String reason) {
    BsonBytes out = writer.begin(Decimals.DECLARED);
    out.begin();
    assertThatThrownBy(() -> writer.value(FIELD, value, 2))
        .isInstanceOf(InvalidValue.class)
        .hasMessage(reason);
  }

  /** A filter with a regular expression finds whatever that matches. */
  @Test
  void aKeyIsNoQuery() {
    io.datapoints.connect.model.BsonValue regex =
        new io.datapoints.connect.model.BsonValue((byte) 11, new byte[] {'a', 0, 0}, "/a/");
    assertThat(encoded(regex)).isEqualTo(of("{f: /a/}").asDocument().get("f"));
    for (Object value :
        List.of(regex, Map.of("a", regex), Map.of("$ref", "users", "$id", 1), Map.of("$gt", 1))) {
      BsonBytes out = writer.begin(Decimals.DECLARED);
      out.begin();
      assertThatThrownBy(() -> writer.key(FIELD, value, 2)).isInstanceOf(InvalidValue.class);
    }
  }

  @Test
  void documentsNestAsDeepAsAServerTakesThem() {
    assertThat(encoded(nested(ValueWriter.MAX_LEVELS - 1)).isArray()).isTrue();
    BsonBytes out = writer.begin(Decimals.DECLARED);
    out.begin();
    assertThatThrownBy(() -> writer.value(FIELD, nested(ValueWriter.MAX_LEVELS), 2))
        .isInstanceOf(InvalidValue.class)
        .hasMessageEndingWith("is nested deeper than the 100 levels of a document.");
  }

  @Test
  void aBufferIsReadAsOftenAsThereAreFields() {
    ByteBuffer buffer = ByteBuffer.wrap(new byte[] {1, 2});
    assertThat(encoded(buffer)).isEqualTo(encoded(buffer));
    assertThat(buffer.remaining()).isEqualTo(2);
  }

  @Test
  void fieldsKeepTheirOrder() {
    Map<String, Object> map = new LinkedHashMap<>();
    List.of("c", "a", "b").forEach(name -> map.put(name, 1));
    assertThat(encoded(map).asDocument().keySet()).containsExactly("c", "a", "b");
  }

  private static Object nested(int levels) {
    Object inner = Map.of();
    for (int level = 1; level < levels; level++) {
      inner = level % 2 == 0 ? List.of(inner) : Map.of("a", inner);
    }
    return inner;
  }

  private static BsonValue of(String json) {
    return BsonDocument.parse(json);
  }

  private BsonValue encoded(Object value) {
    return encoded(value, Decimals.DECLARED);
  }

  private BsonValue encoded(Object value, Decimals decimals) {
    BsonBytes out = writer.begin(decimals);
    int start = out.begin();
    writer.value(FIELD, value, 2);
    out.end(start);
    return Objects.requireNonNull(out.document(start).get("f"));
  }

  private static BsonDecimal128 decimal(String digits) {
    return new BsonDecimal128(Decimal128.parse(digits));
  }
}
