package io.datapoints.connect.mapping.bson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.datapoints.connect.model.BsonValue;
import io.datapoints.connect.model.DecimalValue;
import io.datapoints.connect.model.InvalidValue;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which values extended JSON stands for; what they are in a document is a test of the store. */
class ExtendedJsonTest {

  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(DeserializationFeature.USE_LONG_FOR_INTS)
          .enable(JsonParser.Feature.ALLOW_SINGLE_QUOTES)
          .enable(JsonParser.Feature.ALLOW_UNQUOTED_FIELD_NAMES);

  private static Object of(String json) throws IOException {
    return ExtendedJson.of(JSON.readValue(json, Object.class));
  }

  @Test
  void eachTypeIsTheValueThatItStandsFor() throws IOException {
    assertThat(of("{$numberInt: '-1'}")).isEqualTo(-1);
    assertThat(of("{$numberLong: '-9223372036854775808'}")).isEqualTo(Long.MIN_VALUE);
    assertThat(of("{$numberLong: 5}")).isEqualTo(5L);
    assertThat(of("{$numberDouble: '1.5'}")).isEqualTo(1.5);
    assertThat(of("{$numberDouble: '-0.0'}")).isEqualTo(-0.0);
    assertThat(of("{$numberDouble: '-Infinity'}")).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(of("{$numberDouble: 'NaN'}")).isEqualTo(Double.NaN);
    assertThat(of("{$numberDecimal: '1.50'}"))
        .isInstanceOf(DecimalValue.class)
        .isEqualTo(new BigDecimal("1.50"));
    assertThat(of("{$date: {$numberLong: '-1'}}")).isEqualTo(Instant.ofEpochMilli(-1));
    assertThat(of("{$date: 1700000000123}")).isEqualTo(Instant.ofEpochMilli(1_700_000_000_123L));
    assertThat(of("{$date: '2023-11-14T23:13:20.123+01:00'}"))
        .isEqualTo(Instant.ofEpochMilli(1_700_000_000_123L));
    assertThat(of("{$date: '2023-11-14T22:13:20Z'}"))
        .isEqualTo(Instant.ofEpochMilli(1_700_000_000_000L));
    assertThat(of("{$oid: '65a1B2c3d4e5f60718293a4b'}"))
        .isInstanceOf(BsonValue.class)
        .hasToString("65a1b2c3d4e5f60718293a4b");
    UUID uuid = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");
    assertThat(of("{$uuid: '" + uuid + "'}")).isEqualTo(uuid);
    String sixteen = "ABEiM0RVZneImaq7zN3u/w==";
    assertThat(of("{$binary: {base64: '" + sixteen + "', subType: '04'}}")).isEqualTo(uuid);
    assertThat(of("{$binary: {base64: 'AQI=', subType: '00'}}"))
        .isEqualTo(ByteBuffer.wrap(new byte[] {1, 2}));
    assertThat(of("{$binary: 'AQI=', $type: '00'}")).isEqualTo(ByteBuffer.wrap(new byte[] {1, 2}));
  }

  @Test
  void typesThatOnlyMongodbHasAreTheBytesOfADocument() throws IOException {
    assertThat(of("{$timestamp: {t: 1, i: 2}}"))
        .isEqualTo(new BsonValue((byte) 17, new byte[] {2, 0, 0, 0, 1, 0, 0, 0}, ""));
    assertThat(of("{$timestamp: {t: {$numberLong: '1'}, i: {$numberInt: '2'}}}"))
        .isEqualTo(of("{$timestamp: {t: 1, i: 2}}"));
    assertThat(of("{$regularExpression: {pattern: 'a', options: 'xi'}}"))
        .isEqualTo(new BsonValue((byte) 11, new byte[] {'a', 0, 'i', 'x', 0}, ""))
        .isEqualTo(of("{$regex: 'a', $options: 'ix'}"));
    assertThat(of("{$numberDecimal: '-Infinity'}"))
        .isEqualTo(
            new BsonValue(
                (byte) 19,
                new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte) 0xF8},
                ""));
    assertThat(of("{$minKey: 1}")).isEqualTo(new BsonValue((byte) -1, new byte[0], ""));
    assertThat(of("{$maxKey: 1}")).isEqualTo(new BsonValue((byte) 127, new byte[0], ""));
    assertThat(of("{$binary: {base64: 'AQ==', subType: '80'}}"))
        .isEqualTo(new BsonValue((byte) 5, new byte[] {1, 0, 0, 0, (byte) 0x80, 1}, ""));
    assertThat(of("{$binary: {base64: 'AQ==', subType: '02'}}"))
        .isEqualTo(new BsonValue((byte) 5, new byte[] {5, 0, 0, 0, 2, 1, 0, 0, 0, 1}, ""));
    assertThat(of("{$symbol: 'a'}"))
        .isEqualTo(new BsonValue((byte) 14, new byte[] {2, 0, 0, 0, 'a', 0}, ""));
  }

  /** As in the field {@code after} of Debezium's connector. */
  @Test
  void aWholeDocumentKeepsWhatIsNoExtendedJson() throws IOException {
    Object document =
        of(
            "{_id: {$oid: '65a1b2c3d4e5f60718293a4b'}, name: '{$oid: 1}', tags: [{$numberLong:"
                + " '7'}, 1.5, null], at: {$date: 0}, nested: {deep: {$numberDecimal: '2'}}}");

    Map<String, Object> expected = new LinkedHashMap<>();
    expected.put("_id", of("{$oid: '65a1b2c3d4e5f60718293a4b'}"));
    expected.put("name", "{$oid: 1}");
    expected.put("tags", Arrays.asList(7L, 1.5, null));
    expected.put("at", Instant.EPOCH);
    expected.put("nested", Map.of("deep", new BigDecimal(2)));
    assertThat(document).isEqualTo(expected);
    assertThat(document.toString()).isEqualTo(expected.toString());
  }

  @Test
  void aReferenceIsADocumentLikeAnyOther() throws IOException {
    assertThat(of("{$ref: 'users', $id: {$oid: '65a1b2c3d4e5f60718293a4b'}}"))
        .isEqualTo(Map.of("$ref", "users", "$id", of("{$oid: '65a1b2c3d4e5f60718293a4b'}")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{$oid: '65a1'} | must be the 24 hexadecimal digits of an ObjectId",
        "{$oid: 'x5a1b2c3d4e5f60718293a4b'} | must be the 24 hexadecimal digits of an ObjectId",
        "{$oid: null} | must be the 24 hexadecimal digits of an ObjectId",
        "{$date: '2023-11-14T22:13:20'} | has a $date that is not milliseconds, or an ISO 8601 text"
            + " with an offset",
        "{$date: {$numberLong: 'x'}} | has a $date that is not a whole number in its range, as a"
            + " text",
        "{$numberInt: '2147483648'} | has a $numberInt that is not a whole number in its range, as"
            + " a text",
        "{$numberLong: '9223372036854775808'} | has a $numberLong that is not a whole number in its"
            + " range, as a text",
        "{$numberLong: '1.5'} | has a $numberLong that is not a whole number in its range, as a"
            + " text",
        "{$numberDecimal: 'x'} | has a $numberDecimal that is not a number as a text",
        "{$numberDecimal: '1e999999999'} | has a $numberDecimal that is not a number as a text",
        "{$symbol: 'a\\ud800'} | has a $symbol that is not valid Unicode",
        "{$numberDouble: 'x'} | has a $numberDouble that is not a number as a text",
        "{$uuid: 'x'} | has a $uuid that is not a UUID as a text",
        "{$binary: {base64: '?', subType: '00'}} | has a $binary that is not a text in base64 and a"
            + " subtype in hexadecimal digits",
        "{$binary: {base64: 'AQI='}} | has a $binary that is not an object of base64 and subType",
        "{$binary: 'AQI=', $type: '00', x: 1} | has a $binary beside other fields",
        "{$timestamp: {t: -1, i: 0}} | has a $timestamp that is not a whole number in its range, as"
            + " a text",
        "{$regularExpression: {pattern: 'a', options: 'q'}} | has a $regularExpression that is not"
            + " a pattern, and options out of ilmsux",
        "{$oid: '65a1b2c3d4e5f60718293a4b', x: 1} | is an object with a field that begins with $"
            + " and is no type of extended JSON that is taken",
        "{$secret: 1} | is an object with a field that begins with $ and is no type of extended"
            + " JSON that is taken",
        "{a: [0, {b: {$oid: 1}}]} | field 0 element 1 field 0 must be the 24 hexadecimal digits of"
            + " an ObjectId",
      })
  void whatIsMalformedIsNamedByItsPlaceAndNotByItsValue(String json, String reason) {
    assertThatThrownBy(() -> of(json))
        .isInstanceOf(InvalidValue.class)
        .satisfies(e -> assertThat(String.valueOf(e.getMessage()).strip()).isEqualTo(reason));
  }

  @Test
  void anObjectIdIsOfDigitsOrOfBytes() {
    byte[] bytes = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
    BsonValue expected = BsonValue.objectId(bytes);
    assertThat(expected).hasToString("0102030405060708090a0b0c");
    for (Object value :
        List.of("0102030405060708090A0B0C", ByteBuffer.wrap(bytes).asReadOnlyBuffer(), expected)) {
      assertThat(ExtendedJson.objectId(value)).isEqualTo(expected);
    }
    for (Object value : List.of("", "0102030405060708090a0b0", 5L, ByteBuffer.allocate(11))) {
      assertThatThrownBy(() -> ExtendedJson.objectId(value)).isInstanceOf(InvalidValue.class);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "00112233-4455-6677-8899-aabbccddeeff",
    "00112233-4455-6677-8899-AABBCCDDEEFF",
    "00112233445566778899aabbccddeeff",
    "{00112233-4455-6677-8899-aabbccddeeff}",
    "urn:uuid:00112233-4455-6677-8899-aabbccddeeff",
  })
  void aUuidIsOfAnyUsualText(String text) {
    assertThat(Uuids.of(text)).hasToString("00112233-4455-6677-8899-aabbccddeeff");
  }

  @Test
  void aUuidIsOfItselfOrOfItsBytes() {
    UUID uuid = UUID.fromString("f0112233-4455-6677-8899-aabbccddeeff");
    assertThat(Uuids.of(uuid)).isSameAs(uuid);
    ByteBuffer bytes =
        ByteBuffer.allocate(16)
            .putLong(uuid.getMostSignificantBits())
            .putLong(uuid.getLeastSignificantBits())
            .flip();
    assertThat(Uuids.of(bytes)).isEqualTo(uuid);
    assertThat(bytes.remaining()).isEqualTo(16);
    for (Object value :
        List.of("", "1-1-1-1-1", "00112233-4455-6677-8899-aabbccddeef", 5L, "{", "urn:uuid:")) {
      assertThatThrownBy(() -> Uuids.of(value))
          .isInstanceOf(InvalidValue.class)
          .hasMessage("must be a UUID, as a text or as 16 bytes");
    }
  }
}
