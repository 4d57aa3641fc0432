package io.datapoints.connect.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datapoints.connect.model.InvalidValue;
import io.datapoints.connect.model.WrittenValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * The numbers here are those of zlib.crc32 in Python. Rows are found by them: what fails here must
 * not be changed here.
 */
class StableHashTest {

  private static final long ALL = 1L << 32;

  private static long crc(Object value) {
    return StableHash.of(value, ALL);
  }

  @Test
  void textsAreHashedAsUtf8() {
    assertThat(crc("")).isZero();
    assertThat(crc("a")).isEqualTo(3_904_355_907L);
    assertThat(crc("sensor-1")).isEqualTo(1_463_541_715L);
    assertThat(crc("Z\u00FCrich")).isEqualTo(3_540_756_798L);
    assertThat(StableHash.of("Z\u00FCrich", 16)).isEqualTo(14);
    assertThat(StableHash.of("sensor-1", 1)).isZero();
  }

  @Test
  void numbersAreHashedAsTheirDigitsWhateverTheirType() {
    for (Object seven :
        List.of(
            7L,
            7,
            (short) 7,
            (byte) 7,
            7.0,
            7.0f,
            "7",
            new BigDecimal("7.00"),
            BigInteger.valueOf(7),
            new WrittenValue(7, LocalDate.ofEpochDay(7)))) {
      assertThat(crc(seven)).isEqualTo(1_790_921_346L);
    }
    for (Object tenth : List.of(0.1, 0.1f, "0.1", new BigDecimal("0.100"))) {
      assertThat(crc(tenth)).isEqualTo(2_180_199_828L);
    }
    for (Object zero :
        List.of(0L, 0.0, -0.0, -0.0f, new BigDecimal("0.000"), new BigDecimal("0E9"))) {
      assertThat(crc(zero)).isEqualTo(4_108_050_209L);
    }
    for (Object large : List.of(1e20, new BigDecimal("1e20"), BigInteger.TEN.pow(20))) {
      assertThat(crc(large)).isEqualTo(3_382_880_399L);
    }
    assertThat(crc(1e300)).isEqualTo(2_446_666_856L);
    assertThat(crc(-1234.5)).isEqualTo(3_146_346_432L);
    assertThat(crc(Double.NaN)).isEqualTo(1_757_892_521L);
  }

  @Test
  void otherValuesAreHashedAsTheirTexts() {
    assertThat(crc(true)).isEqualTo(4_261_170_317L);
    assertThat(crc(Instant.parse("2026-11-21T18:00:00Z"))).isEqualTo(3_281_302_806L);
    assertThat(crc(LocalDate.of(2024, 2, 29))).isEqualTo(4_171_806_830L);
    assertThat(crc(LocalTime.of(12, 30))).isEqualTo(4_212_089_819L);
    assertThat(crc(UUID.fromString("123e4567-e89b-12d3-a456-426614174000")))
        .isEqualTo(3_121_068_470L);
    ByteBuffer bytes = ByteBuffer.wrap(new byte[] {1, 2, 3});
    assertThat(crc(bytes)).isEqualTo(1_438_416_925L);
    assertThat(bytes.remaining()).isEqualTo(3);
  }

  @Test
  void objectsListsAndEndlessNumbersAreRefused() {
    for (Object value : List.of(List.of(), Map.of(), new BigDecimal("1e999999999"))) {
      assertThatThrownBy(() -> crc(value))
          .isInstanceOf(InvalidValue.class)
          .hasMessage(StableHash.RULE);
    }
  }

  @Test
  void namesThatDifferInANumberSpreadEvenly() {
    int[] rows = new int[16];
    for (int sensor = 0; sensor < 16_000; sensor++) {
      rows[(int) StableHash.of("sensor-" + sensor, 16)]++;
    }
    assertThat(Arrays.stream(rows).boxed()).allMatch(count -> count > 800 && count < 1_200);
  }
}
