package io.datapoints.connect.kairosdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What KairosDB 1.3 was seen to store for a value, in both places where one can stand; but for
 * numbers that it truncates or wraps.
 */
class ValueRulesTest {

  private final Reading reading = Reading.plain();

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "1.0 | double 1.0",
        "5 | long 5",
        "1e3 | long 1000",
        "1E3 | long 1000",
        "1e+16 | long 10000000000000000",
        "1e18 | long 1000000000000000000",
        "50e-1 | long 5",
        "1e-1 | double 0.1",
        "1e-05 | double 1.0E-5",
        "-15e-1 | double -1.5",
        "1e19 | double 1.0E19",
        "1e20 | double 1.0E20",
        "1.5e3 | double 1500.0",
        "1e-999999999 | double 0.0",
        "0e999999999 | long 0",
        "0e-5 | long 0",
        "-0 | long 0",
        "-0.0 | double -0.0",
        "0.1 | double 0.1",
        "123456789012345.678901234567 | double 1.2345678901234567E14",
        "4.9E-324 | double 4.9E-324",
        "9223372036854775807 | long 9223372036854775807",
        "-9223372036854775808 | long -9223372036854775808",
        "9223372036854775808 | double 9.223372036854776E18",
        "18446744073709551615 | double 1.8446744073709552E19",
        "99999999999999999999 | double 1.0E20",
        "NaN | string 'NaN'",
        "Infinity | string 'Infinity'",
        "-Infinity | string '-Infinity'",
        "+12 | long 12",
        ".5 | double 0.5",
        "-.5 | double -0.5",
        "+1.5 | double 1.5",
        "+123456789.123456789 | double 1.2345678912345679E8",
        "007.25 | double 7.25",
        "+9223372036854775807 | long 9223372036854775807",
        "0012 | long 12",
        "\"12\" | long 12",
        "\"+12\" | long 12",
        "\"-12\" | long -12",
        "\"0012\" | long 12",
        "\"1.5\" | double 1.5",
        "\".5\" | double 0.5",
        "\"-.5\" | double -0.5",
        "\"-0\" | long 0",
        "\"\u0661\u0662\" | long 12",
        "\"5.\" | string '5.'",
        "\"1e5\" | string '1e5'",
        "\"1.2.3\" | string '1.2.3'",
        "\"1..2\" | string '1..2'",
        "\"-\" | string '-'",
        "\"+\" | string '+'",
        "\".\" | string '.'",
        "\" 12\" | string ' 12'",
        "\" \" | string ' '",
        "\"NaN\" | string 'NaN'",
        "'abc' | string 'abc'",
        "\"a\\u00e9\\q\" | string 'a\u00e9q'",
        "true | string 'true'",
        "false | string 'false'",
      })
  void infersTheTypeOfAValueThatNamesNone(String json, String stored) {
    assertThat(reading.of(topLevel(json, "")).described()).containsExactly("m{h=a} 5 " + stored);
    assertThat(reading.of(element(json)).described()).containsExactly("m{h=a} 5 " + stored);
    assertThat(reading.reasons).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "long | 7 | long 7",
        "long | 5.0 | long 5",
        "long | -5.000 | long -5",
        "long | 9007199254740993.0 | long 9007199254740993",
        "long | -9223372036854775808.0 | long -9223372036854775808",
        "long | 0.0e-999999999 | long 0",
        "long | 1.5e3 | long 1500",
        "long | 1e3 | long 1000",
        "long | \"12\" | long 12",
        "long | [5] | long 5",
        "long | [[5]] | long 5",
        "long | [\"5\"] | long 5",
        "double | 7 | double 7.0",
        "double | -0 | double 0.0",
        "double | 1e3 | double 1000.0",
        "double | 1e-05 | double 1.0E-5",
        "double | 9223372036854775807 | double 9.223372036854776E18",
        "double | 99999999999999999999 | double 1.0E20",
        "double | \"7\" | double 7.0",
        "double | \"0x1p3\" | double 8.0",
        "double | \"1d\" | double 1.0",
        "double | \" 1.5 \" | double 1.5",
        "double | [1.5] | double 1.5",
        "string | 1.50 | string '1.50'",
        "string | 7 | string '7'",
        "string | -0 | string '0'",
        "string | 1E3 | string '1E3'",
        "string | 99999999999999999999 | string '99999999999999999999'",
        "string | \"12\" | string '12'",
        "string | \"007\" | string '007'",
        "string | \"\" | string ''",
        "string | true | string 'true'",
        "string | [false] | string 'false'",
        "string | [\"\"] | string ''",
      })
  void convertsToTheNamedType(String type, String json, String stored) {
    String typed = ",\"type\":\"" + type + "\"";
    assertThat(reading.of(topLevel(json, typed)).described()).containsExactly("m{h=a} 5 " + stored);
    assertThat(reading.of(element(json + ",\"" + type + "\"")).described())
        .containsExactly("m{h=a} 5 " + stored);
    assertThat(reading.reasons).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "long | 1.5 | .value is not a long.",
        "long | -1.9 | .value is not a long.",
        "long | 1e-05 | .value is not a long.",
        "long | 4.9999999999999999999 | .value is not a long.",
        "long | 4.9e-325 | .value is not a long.",
        "long | 9223372036854775808 | .value is not a long.",
        "long | 18446744073709551615 | .value is not a long.",
        "long | 9223372036854775808.0 | .value is not a long.",
        "long | 1.5e20 | .value is not a long.",
        "long | 1.0e400 | .value is not a long.",
        "long | \"5.0\" | .value is not a long.",
        "long | \"1.5\" | .value is not a long.",
        "long | \"abc\" | .value is not a long.",
        "long | \"99999999999999999999\" | .value is not a long.",
        "long | true | .value is not a long.",
        "long | NaN | .value is not a long.",
        "long | {\"a\":1} | .value is not a long.",
        "long | [5,6] | .value is not a long.",
        "long | [null] | .value is not a long.",
        "long | [[]] | .value is not a long.",
        "long | 1e99999999999 | .value is not a long.",
        "double | \"abc\" | .value is not a double.",
        "double | false | .value is not a double.",
        "double | \"NaN\" | .value is not a finite number.",
        "double | \"Infinity\" | .value is not a finite number.",
        "double | NaN | .value is not a finite number.",
        "double | 1e400 | .value is not a finite number.",
        "string | {\"a\":1} | .value is not a string.",
        "string | [1,2] | .value is not a string.",
      })
  void refusesAValueThatIsNotOfTheNamedType(String type, String json, String reason) {
    String typed = ",\"type\":\"" + type + "\"";
    assertThat(reading.of(topLevel(json, typed)).reasons)
        .containsExactly("metric[0](name=m)" + reason);
    assertThat(reading.points).isEmpty();
    assertThat(reading.of(element(json + ",\"" + type + "\"")).reasons)
        .containsExactly("metric[0](name=m).datapoints[0]" + reason);
    assertThat(reading.points).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "{\"a\":1} | metric[0](name=m) value is an invalid type",
        "[5] | metric[0](name=m) value is an invalid type",
        "[5,6] | metric[0](name=m) value is an invalid type",
        "{} | metric[0](name=m) value is an invalid type",
        "{\"real\":1,\"imaginary\":2} | metric[0](name=m) value is an invalid type",
      })
  void refusesAnythingButAScalarWithoutAType(String json, String reason) {
    assertThat(reading.of(topLevel(json, "")).reasons).containsExactly(reason);
    assertThat(reading.of(element(json)).reasons).containsExactly(reason);
    assertThat(reading.points).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "\".1.2\" | .value is not a double.",
        "\"99999999999999999999\" | .value is not a long.",
        "1e400 | .value is not a finite number.",
        "1e999999999 | .value is not a finite number.",
        "1.0e400 | .value is not a finite number.",
        "-1.0e400 | .value is not a finite number.",
        "\"\" | .value may not be empty.",
        "[] | .value may not be an empty array.",
      })
  void refusesWhatNoReaderCouldReturn(String json, String reason) {
    assertThat(reading.of(topLevel(json, "")).reasons)
        .containsExactly("metric[0](name=m)" + reason);
    assertThat(reading.of(element(json)).reasons)
        .containsExactly("metric[0](name=m).datapoints[0]" + reason);
    assertThat(reading.points).isEmpty();
  }

  @Test
  void takesANullForNoPoint() {
    for (String json :
        List.of(
            topLevel("null", ""),
            topLevel("null", ",\"type\":\"long\""),
            topLevel("null", ",\"skip_validate\":true"),
            element("null"),
            element("null,\"double\""),
            element("null,null"))) {
      assertThat(reading.of(json).points).as(json).isEmpty();
      assertThat(reading.reasons).as(json).isEmpty();
    }
    reading.of(
        "{'name':'m','tags':{'h':'a'},'timestamp':1,'value':null,'datapoints':[[2,null],[3,7],"
            + "{'timestamp':4,'value':null},[null,null],[5,8]]}");
    assertThat(reading.described()).containsExactly("m{h=a} 3 long 7", "m{h=a} 5 long 8");
    assertThat(reading.reasons).isEmpty();
  }

  @Test
  void takesAnEmptyTextOnlyWhereTheTypeSaysThatItIsOne() {
    String metric = "{'name':'m','tags':{'h':'a'},'type':'string','datapoints':";
    assertThat(reading.of(metric + "[[1,''],[2,'','long'],[3,'','string']]}").described())
        .containsExactly("m{h=a} 1 string ''", "m{h=a} 3 string ''");
    assertThat(reading.reasons)
        .containsExactly("metric[0](name=m).datapoints[1].value may not be empty.");
    assertThat(reading.of(topLevel("\"\"", ",\"type\":\"double\"")).reasons)
        .containsExactly("metric[0](name=m).value may not be empty.");
    assertThat(reading.of(topLevel("\"\"", ",\"type\":\"text\"")).reasons)
        .containsExactly("metric[0](name=m).value may not be empty.");
    assertThat(Reading.extended().of(topLevel("\"\"", ",\"type\":\"text\"")).described())
        .containsExactly("m{h=a} 5 string ''");
  }

  @ParameterizedTest
  @CsvSource({"text", "complex", "binary", "null", "kairos_long", "Long", "''", "str"})
  void refusesTypesThatAreNotRegistered(String type) {
    String reason = ".type is not a registered data point type.";
    assertThat(reading.of(topLevel("1", ",\"type\":\"" + type + "\"")).reasons)
        .containsExactly("metric[0](name=m)" + reason);
    assertThat(reading.of(element("1,\"" + type + "\"")).reasons)
        .containsExactly("metric[0](name=m).datapoints[0]" + reason);
    assertThat(reading.points).isEmpty();
  }

  static String topLevel(String value, String more) {
    return "{\"name\":\"m\",\"timestamp\":5,\"value\":" + value + more + ",\"tags\":{\"h\":\"a\"}}";
  }

  static String element(String valueAndType) {
    return "{\"name\":\"m\",\"datapoints\":[[5," + valueAndType + "]],\"tags\":{\"h\":\"a\"}}";
  }
}
