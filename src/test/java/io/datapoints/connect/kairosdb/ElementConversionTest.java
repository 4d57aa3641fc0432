package io.datapoints.connect.kairosdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.datapoints.connect.kairosdb.raw.RawColumn;
import io.datapoints.connect.kairosdb.raw.RawMetric;
import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ElementConversionTest {

  private final RawColumn column = new RawMetric().values();

  @ParameterizedTest
  @CsvSource({
    "1.5e3, 1500",
    "999999999999.000, 999999999999",
    "-0.0, 0",
    "9.2233720368e18, 9223372036800000000",
    "1.23456789012e18, 1234567890120000000",
    "9007199254740993.0, 9007199254740993",
    "9223372036854775807.0, 9223372036854775807",
    "-9223372036854775808.00, -9223372036854775808"
  })
  void aDecimalNumberIsTheLongThatItIsExactly(String literal, long expected) {
    write(literal);
    assertThat(ElementConversion.exactLong(column, 0)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.9",
        "-0.5",
        "1.0e-30",
        "1.0e-999999999",
        "9007199254740993.5",
        "1.0e19",
        "9223372036854775808.0",
        "-9223372036854775809.0",
        "1.5e300",
        "1.0e999999999",
        "1.0e99999999999",
        "-1.0e-99999999999"
      })
  void whatALongDoesNotHoldIsNone(String literal) {
    write(literal);
    assertThat(ElementConversion.exactLong(column, 0)).isNull();
  }

  @Test
  void agreesWithExactArithmetic() {
    Random random = new Random(20_261_129);
    for (int i = 0; i < 20_000; i++) {
      BigDecimal number =
          BigDecimal.valueOf(random.nextLong() >> random.nextInt(64), random.nextInt(25) - 4);
      String literal = number.toString();
      write(literal.contains(".") ? literal : literal.replaceFirst("E|$", ".0$0"));
      Long expected;
      try {
        expected = number.longValueExact();
      } catch (ArithmeticException inexact) {
        expected = null;
      }
      assertThat(ElementConversion.exactLong(column, 0)).as(literal).isEqualTo(expected);
    }
  }

  private void write(String literal) {
    column.setDouble(0, Double.parseDouble(literal), literal.toCharArray(), 0, literal.length());
  }
}
