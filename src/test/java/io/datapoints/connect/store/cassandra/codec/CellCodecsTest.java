package io.datapoints.connect.store.cassandra.codec;

import static com.datastax.oss.driver.api.core.type.DataTypes.ASCII;
import static com.datastax.oss.driver.api.core.type.DataTypes.BIGINT;
import static com.datastax.oss.driver.api.core.type.DataTypes.BLOB;
import static com.datastax.oss.driver.api.core.type.DataTypes.BOOLEAN;
import static com.datastax.oss.driver.api.core.type.DataTypes.DATE;
import static com.datastax.oss.driver.api.core.type.DataTypes.DECIMAL;
import static com.datastax.oss.driver.api.core.type.DataTypes.DOUBLE;
import static com.datastax.oss.driver.api.core.type.DataTypes.DURATION;
import static com.datastax.oss.driver.api.core.type.DataTypes.FLOAT;
import static com.datastax.oss.driver.api.core.type.DataTypes.INET;
import static com.datastax.oss.driver.api.core.type.DataTypes.INT;
import static com.datastax.oss.driver.api.core.type.DataTypes.SMALLINT;
import static com.datastax.oss.driver.api.core.type.DataTypes.TEXT;
import static com.datastax.oss.driver.api.core.type.DataTypes.TIME;
import static com.datastax.oss.driver.api.core.type.DataTypes.TIMESTAMP;
import static com.datastax.oss.driver.api.core.type.DataTypes.TIMEUUID;
import static com.datastax.oss.driver.api.core.type.DataTypes.TINYINT;
import static com.datastax.oss.driver.api.core.type.DataTypes.UUID;
import static com.datastax.oss.driver.api.core.type.DataTypes.VARINT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.datastax.oss.driver.api.core.DefaultProtocolVersion;
import com.datastax.oss.driver.api.core.data.CqlDuration;
import com.datastax.oss.driver.api.core.data.CqlVector;
import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.api.core.type.DataTypes;
import com.datastax.oss.driver.api.core.type.codec.registry.CodecRegistry;
import io.datapoints.connect.mapping.Times;
import io.datapoints.connect.mapping.TimestampUnit;
import io.datapoints.connect.model.InvalidValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The edges of the types: what is encoded is what the driver decodes, and the rest is refused. */
class CellCodecsTest {

  private static final String LONGEST = "9".repeat(9_999);

  static Stream<Arguments> taken() {
    return Stream.of(
        arguments(TINYINT, -128L, (byte) -128),
        arguments(SMALLINT, "32767", (short) 32_767),
        arguments(INT, -2_147_483_648.0, Integer.MIN_VALUE),
        arguments(INT, new BigDecimal("2147483647.000"), Integer.MAX_VALUE),
        arguments(INT, new BigDecimal("2E3"), 2000),
        arguments(BIGINT, BigInteger.TWO.pow(63).negate(), Long.MIN_VALUE),
        arguments(BIGINT, "9223372036854775807", Long.MAX_VALUE),
        arguments(BIGINT, -0x1p63, Long.MIN_VALUE),
        arguments(VARINT, LONGEST, new BigInteger(LONGEST)),
        arguments(VARINT, "-1e9", BigInteger.valueOf(-1_000_000_000)),
        arguments(FLOAT, 0.1, 0.1f),
        arguments(FLOAT, "16777217", 16_777_216f),
        arguments(FLOAT, Double.NaN, Float.NaN),
        arguments(FLOAT, 1e-300, 0f),
        arguments(DOUBLE, "-Infinity", Double.NEGATIVE_INFINITY),
        arguments(DOUBLE, -0.0, -0.0),
        arguments(DOUBLE, Long.MAX_VALUE, 0x1p63),
        arguments(DOUBLE, "1e-400", 0.0),
        arguments(DECIMAL, "1E-10000", new BigDecimal("1E-10000")),
        arguments(DECIMAL, 0.1f, new BigDecimal("0.1")),
        arguments(DECIMAL, "1.50", new BigDecimal("1.50")),
        arguments(BOOLEAN, "FALSE", false),
        arguments(BOOLEAN, 0, false),
        arguments(TEXT, "\uD83D\uDE00", "\uD83D\uDE00"),
        arguments(TEXT, new BigDecimal("1E+999999999"), "1E+999999999"),
        arguments(BLOB, "0x", ByteBuffer.allocate(0)),
        arguments(BLOB, "AQI", ByteBuffer.wrap(new byte[] {1, 2})),
        arguments(TIMESTAMP, -1L, Instant.ofEpochMilli(-1)),
        arguments(TIMESTAMP, "1969-12-31T23:59:59.9999Z", Instant.ofEpochMilli(-1)),
        arguments(TIMESTAMP, "2026-11-21 12:00:00+0130", Instant.parse("2026-11-21T10:30:00Z")),
        arguments(TIMESTAMP, "2026-11-21T12:00Z", Instant.parse("2026-11-21T12:00:00Z")),
        arguments(TIMESTAMP, Long.MIN_VALUE, Instant.ofEpochMilli(Long.MIN_VALUE)),
        arguments(DATE, -1L, LocalDate.of(1969, 12, 31)),
        arguments(DATE, "-0001-01-01", LocalDate.of(-1, 1, 1)),
        arguments(TIME, 86_399_999L, LocalTime.parse("23:59:59.999")),
        arguments(TIME, "23:59:59.999999999", LocalTime.MAX),
        arguments(DURATION, "PT1.5S", CqlDuration.newInstance(0, 0, 1_500_000_000)),
        arguments(
            DURATION, "-1y2mo3w4d5h", CqlDuration.newInstance(-14, -25, -18_000_000_000_000L)),
        arguments(DURATION, "P2W", CqlDuration.newInstance(0, 14, 0)),
        arguments(DataTypes.listOf(INT), List.of(), List.of()),
        arguments(DataTypes.setOf(DATE), List.of("1970-01-02"), Set.of(LocalDate.ofEpochDay(1))),
        arguments(DataTypes.mapOf(INT, BOOLEAN), Map.of("7", true), Map.of(7, true)),
        arguments(
            DataTypes.mapOf(UUID, DataTypes.listOf(INT)),
            Map.of("6ba7b810-9dad-11d1-80b4-00c04fd430c8", List.of(1L)),
            Map.of(java.util.UUID.fromString("6ba7b810-9dad-11d1-80b4-00c04fd430c8"), List.of(1))),
        arguments(DataTypes.vectorOf(FLOAT, 2), List.of(1, 0.5), CqlVector.newInstance(1f, 0.5f)),
        arguments(
            DataTypes.vectorOf(TEXT, 3),
            List.of("", "x".repeat(127), "y".repeat(20_000)),
            CqlVector.newInstance("", "x".repeat(127), "y".repeat(20_000))),
        arguments(DataTypes.vectorOf(SMALLINT, 1), List.of(1), CqlVector.newInstance((short) 1)));
  }

  @ParameterizedTest
  @MethodSource("taken")
  void theDriverReadsWhatWasEncoded(DataType type, Object value, Object expected) {
    ByteBuffer encoded = encode(type, value);
    assertThat(
            CodecRegistry.DEFAULT
                .codecFor(type)
                .decode(encoded.duplicate(), DefaultProtocolVersion.V5))
        .isEqualTo(expected);
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        arguments(TINYINT, 300, "must be from -128 to 127"),
        arguments(INT, 1.5, "must be a whole number"),
        arguments(INT, "1e-999999999", "must have at most 10000 digits"),
        arguments(INT, Double.NaN, "must be a finite number"),
        arguments(INT, "", "must be a number"),
        arguments(INT, " 1", "must be a number"),
        arguments(INT, "0x10", "must be a number"),
        arguments(BIGINT, 0x1p63, "must be from -9223372036854775808 to 9223372036854775807"),
        arguments(VARINT, "1e999999999", "must have at most 10000 digits"),
        arguments(VARINT, new BigDecimal("1e2147483647"), "must have at most 10000 digits"),
        arguments(VARINT, BigInteger.TWO.pow(40_000), "must have at most 10000 digits"),
        arguments(VARINT, LONGEST + "99", "must have at most 10000 digits"),
        arguments(DECIMAL, "1e-2147483647", "must have at most 10000 digits"),
        arguments(DOUBLE, "1e400", "is out of the range of the type"),
        arguments(DOUBLE, "1d", "must be a number"),
        arguments(FLOAT, 1e300, "is out of the range of the type"),
        arguments(FLOAT, "1e39", "is out of the range of the type"),
        arguments(BOOLEAN, 2, "must be true or false, yes or no, y or n, t or f, or 1 or 0"),
        arguments(BOOLEAN, "on", "must be true or false, yes or no, y or n, t or f, or 1 or 0"),
        arguments(TEXT, "\uD83D", "must be a text without halves of characters"),
        arguments(
            TEXT, Map.of(), "must be a single value; json() makes a text of an object or a list"),
        arguments(ASCII, "é", "must have ASCII characters only"),
        arguments(BLOB, "0x1", "must be bytes, or a text in base64 or as 0x and hex digits"),
        arguments(UUID, "1-1-1-1-1", "must be a UUID"),
        arguments(UUID, "+ba7b810-9dad-11d1-80b4-00c04fd430c8", "must be a UUID"),
        arguments(TIMEUUID, "6ba7b810-9dad-41d1-80b4-00c04fd430c8", "must be a UUID of version 1"),
        arguments(INET, "localhost", "must be an IP address"),
        arguments(INET, "1.2.3", "must be an IP address"),
        arguments(INET, "1.2.3.04", "must be an IP address"),
        arguments(INET, "1.2.3.256", "must be an IP address"),
        arguments(INET, "::g", "must be an IP address"),
        arguments(INET, "::1%eth0", "must be an IP address"),
        arguments(INET, "1::2::3", "must be an IP address"),
        arguments(
            TIMESTAMP,
            "2026-02-30",
            "must be a time: a number, or a text in ISO 8601 with an offset from UTC"),
        arguments(
            TIMESTAMP,
            "soon",
            "must be a time: a number, or a text in ISO 8601 with an offset from UTC"),
        arguments(TIMESTAMP, 1e300, "is out of the range of the type"),
        arguments(TIMESTAMP, Instant.MAX, "is out of the range of the type"),
        arguments(
            TIMESTAMP,
            true,
            "must be a time: a number, or a text in ISO 8601 with an offset from UTC"),
        arguments(DATE, LocalDate.MAX, "is out of the range of the type"),
        arguments(TIME, 86_400_000L, "must lie within a day"),
        arguments(TIME, -1, "must lie within a day"),
        arguments(TIME, "24:00:00", "must be a time of day as in 12:30:00.5"),
        arguments(TIME, Instant.EPOCH, "must be a time of day: a number or a text"),
        arguments(DURATION, "9".repeat(30) + "d", "must be a duration as in P1DT12H or 1d12h"),
        arguments(DURATION, "", "must be a duration as in P1DT12H or 1d12h"),
        arguments(DataTypes.listOf(TINYINT), List.of(1, 300), "[1] must be from -128 to 127"),
        arguments(DataTypes.listOf(INT), Arrays.asList(1, null), "[1] must not be null"),
        arguments(DataTypes.mapOf(INT, INT), Map.of("secret", 1), "[key] must be a number"),
        arguments(
            DataTypes.mapOf(TEXT, DataTypes.listOf(INT)),
            Map.of("secret", List.of("x")),
            "[value][0] must be a number"),
        arguments(DataTypes.setOf(INT), "1", "must be a list"),
        arguments(DataTypes.tupleOf(INT, INT), List.of(1), "must be a list of 2"),
        arguments(DataTypes.vectorOf(FLOAT, 3), List.of(1, 2), "must be a list of 3"));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void whatDoesNotFitIsRefusedByItsRule(DataType type, Object value, String rule) {
    assertThatThrownBy(() -> encode(type, value)).isInstanceOf(InvalidValue.class).hasMessage(rule);
  }

  @Test
  void numbersCountInTheUnitOfTheTarget() {
    assertThat(millis(TimestampUnit.S, 1.0005)).isEqualTo(1000);
    assertThat(millis(TimestampUnit.S, "-1")).isEqualTo(-1000);
    assertThat(millis(TimestampUnit.US, -1)).isEqualTo(-1);
    assertThat(millis(TimestampUnit.NS, 1_999_999L)).isEqualTo(1);
    assertThatThrownBy(() -> millis(TimestampUnit.S, Long.MAX_VALUE))
        .isInstanceOf(InvalidValue.class);
    assertThatThrownBy(() -> millis(TimestampUnit.ISO8601, 1)).isInstanceOf(InvalidValue.class);
    assertThat(millis(TimestampUnit.ISO8601, "1970-01-01T00:00:01Z")).isEqualTo(1000);
    Instant time = Instant.ofEpochSecond(1, 999_999_999);
    assertThat(new Times(TimestampUnit.US, null).asNumber(time)).isEqualTo(1_999_999L);
    assertThat(new Times(TimestampUnit.S, null).asNumber(time)).isEqualTo(1L);
  }

  private static long millis(TimestampUnit unit, Object value) {
    return encoded(new CellCodecs(new Times(unit, null)).of(TIMESTAMP), value, name -> {})
        .getLong(0);
  }

  @Test
  void addressesKeepTheirFamilyAndNothingIsLookedUp() {
    assertThat(encode(INET, "255.0.1.2")).isEqualTo(ByteBuffer.wrap(new byte[] {-1, 0, 1, 2}));
    assertThat(encode(INET, "::1").remaining()).isEqualTo(16);
    assertThat(encode(INET, ByteBuffer.allocate(4)).remaining()).isEqualTo(4);
  }

  @Test
  void bytesOfTheRecordAreNotMoved() {
    ByteBuffer bytes = ByteBuffer.wrap(new byte[] {1, 2, 3});
    encode(BLOB, bytes.position(1));
    encode(DataTypes.listOf(BLOB), List.of(bytes));
    assertThat(bytes.position()).isEqualTo(1);
    assertThat(encode(BLOB, bytes).remaining()).isEqualTo(2);
  }

  @Test
  void fieldsThatATypeDoesNotHaveAreToldByName() {
    List<String> unknown = new ArrayList<>();
    CellCodec codec =
        new CollectionCodecs.UserType(
            List.of("a", "b"), List.of(NumberCodecs.Int32.CODEC, TextCodecs.Text.CODEC));
    ByteBuffer encoded = encoded(codec, Map.of("a", 1, "c", 2), unknown::add);
    assertThat(unknown).containsExactly("c");
    assertThat(encoded)
        .isEqualTo(ByteBuffer.wrap(new byte[] {0, 0, 0, 4, 0, 0, 0, 1, -1, -1, -1, -1}));
  }

  private static ByteBuffer encode(DataType type, Object value) {
    return encoded(new CellCodecs(new Times(TimestampUnit.MS, null)).of(type), value, name -> {});
  }

  private static ByteBuffer encoded(CellCodec codec, Object value, UnknownFields unknown) {
    ValueBytes bytes = new ValueBytes();
    codec.encode(value, bytes, unknown);
    return ByteBuffer.wrap(bytes.take(0));
  }
}
