package io.datapoints.connect.kairosdb.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.datapoints.connect.kairosdb.Awkward;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RowLayoutTest {

  private static final long WEEKS_3 = 1_814_400_000L;

  @ParameterizedTest
  @CsvSource({
    "0, 0, 00000000, 00000000",
    "1814399999, 0, 6c258bff, d84b17fe",
    "1814400000, 1814400000, 00000000, 00000000",
    "1500000000000, 1498694400000, 4dd1e000, 9ba3c000",
    "-1, -2, 00000001, 00000002",
    "-1814400000, -1814400000, 00000000, 00000000",
    "-1814400001, -1814400002, 00000001, 00000002",
  })
  void placesPointsWhereKairosDbDoes(long timestamp, long rowTime, String column, String legacy) {
    RowLayout milliseconds = RowLayout.of(ColumnUnit.MILLISECONDS);
    RowLayout shifted = RowLayout.of(ColumnUnit.LEGACY);

    assertThat(milliseconds.rowTime(timestamp)).isEqualTo(rowTime);
    assertThat(shifted.rowTime(timestamp)).isEqualTo(rowTime);
    assertThat(hex(milliseconds.column(timestamp))).isEqualTo(column);
    assertThat(hex(shifted.column(timestamp))).isEqualTo(legacy);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, 0",
    "1814399, 0, 1814",
    "1814400, 1814400, 0",
    "1500000000000, 1499998953600, 1046",
    "-1, -2, 0",
    "-1814401, -1814402, 0",
    "-1001, -2002, 1",
  })
  void secondsMakeRowsAThousandthAsWideAsTheSpecSays(long timestamp, long rowTime, int column) {
    RowLayout seconds = RowLayout.of(ColumnUnit.SECONDS);

    assertThat(seconds.rowTime(timestamp)).isEqualTo(rowTime);
    assertThat(seconds.column(timestamp)).isEqualTo(column);
  }

  @Test
  void pointsOfTheSameSecondShareAColumnInSeconds() {
    RowLayout seconds = RowLayout.of(ColumnUnit.SECONDS);

    assertThat(seconds.column(1_814_400_999L)).isEqualTo(seconds.column(1_814_400_000L));
    assertThat(KairosFormatReader.timestamp(seconds, 1_814_400_000L, 1)).isEqualTo(1_814_401_000L);
  }

  @ParameterizedTest
  @EnumSource(
      value = ColumnUnit.class,
      names = {"MILLISECONDS", "LEGACY"})
  void readsBackWhatItWrote(ColumnUnit unit) {
    for (int seed = 0; seed < 2000; seed++) {
      Awkward awkward = new Awkward(seed);
      RowLayout layout = new RowLayout(unit, 1 + awkward.below(Integer.MAX_VALUE));
      // The smallest long is the one timestamp that KairosDB itself cannot place.
      long timestamp = Math.max(awkward.number(), Long.MIN_VALUE + 1);

      long rowTime = layout.rowTime(timestamp);
      int column = layout.column(timestamp);

      assertThat(KairosFormatReader.timestamp(layout, rowTime, column))
          .as("seed %d", seed)
          .isEqualTo(timestamp);
      assertThat(timestamp - rowTime).as("seed %d", seed).isBetween(0L, layout.width() - 1);
    }
  }

  @Test
  void readsBackTheSecondsOfWhatItWrote() {
    RowLayout layout = RowLayout.of(ColumnUnit.SECONDS);
    for (int seed = 0; seed < 2000; seed++) {
      long timestamp = Math.max(new Awkward(seed).number(), Long.MIN_VALUE + 1);

      long read =
          KairosFormatReader.timestamp(layout, layout.rowTime(timestamp), layout.column(timestamp));

      assertThat(timestamp - read).as("seed %d", seed).isBetween(0L, 999L);
    }
  }

  @Test
  void columnsOfARowSortAsUnsignedBytesInTheOrderOfTime() {
    RowLayout shifted = RowLayout.of(ColumnUnit.LEGACY);

    assertThat(
            Integer.compareUnsigned(shifted.column(1_000_000_000), shifted.column(1_814_399_999)))
        .isNegative();
    assertThat(shifted.column(1_814_399_999)).isNegative();
  }

  @Test
  void knowsItsWidthInSeconds() {
    for (ColumnUnit unit : ColumnUnit.values()) {
      assertThat(RowLayout.of(unit).widthSeconds()).as(unit.name()).isEqualTo(1_814_400);
    }
    assertThat(RowLayout.of(ColumnUnit.LEGACY).width()).isEqualTo(WEEKS_3);
    assertThat(RowLayout.of(ColumnUnit.SECONDS).width()).isEqualTo(1_814_400);
  }

  @Test
  void refusesAWidthThatAColumnCannotCount() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RowLayout(ColumnUnit.MILLISECONDS, 0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RowLayout(ColumnUnit.LEGACY, (1L << 31) + 1))
        .withMessageContaining("2147483649");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RowLayout(ColumnUnit.SECONDS, 1L << 31));
    assertThat(new RowLayout(ColumnUnit.MILLISECONDS, 1L << 31).column(Integer.MAX_VALUE))
        .isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void knowsTheUnitsOfTheSpecByTheirExactNames() {
    assertThat(ColumnUnit.named("LEGACY")).contains(ColumnUnit.LEGACY);
    assertThat(ColumnUnit.named("SECONDS")).contains(ColumnUnit.SECONDS);
    assertThat(ColumnUnit.named("MILLISECONDS")).contains(ColumnUnit.MILLISECONDS);
    assertThat(ColumnUnit.named("legacy")).isEmpty();
    assertThat(ColumnUnit.named("HOURS")).isEmpty();
  }

  private static String hex(int column) {
    return HexFormat.of().toHexDigits(column);
  }
}
