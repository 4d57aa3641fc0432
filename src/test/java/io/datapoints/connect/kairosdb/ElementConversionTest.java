package io.datapoints.connect.kairosdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.datapoints.connect.kairosdb.raw.RawColumn;
import io.datapoints.connect.kairosdb.raw.RawMetric;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ElementConversionTest {

  private final RawColumn column = new RawMetric().values();

  /** As KairosDB 1.3 stores them: truncated towards zero, then the lowest 64 bits. */
  @ParameterizedTest
  @CsvSource({
    "1.9, 1",
    "-1.9, -1",
    "-0.5, 0",
    "1.5e3, 1500",
    "999999999999.999, 999999999999",
    "1.5e300, 0",
    "-1.5e300, 0",
    "1.0e19, -8446744073709551616",
    "9.2233720368e18, 9223372036800000000",
    "1.23456789012e18, 1234567890120000000",
    "9007199254740993.0, 9007199254740993",
    "9223372036854775808.0, -9223372036854775808"
  })
  void aDecimalNumberBecomesALongAsInKairosdb(String literal, long expected) {
    column.setDouble(0, Double.parseDouble(literal), literal.toCharArray(), 0, literal.length());
    assertThat(ElementConversion.convertibleToLong(column, 0)).isTrue();
    assertThat(ElementConversion.toLong(column, 0)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"1.0e99999999999", "-1.0e99999999999"})
  void anExponentBeyondEveryBoundIsNoLong(String literal) {
    column.setDouble(0, Double.parseDouble(literal), literal.toCharArray(), 0, literal.length());
    assertThat(ElementConversion.convertibleToLong(column, 0)).isFalse();
  }
}
