package io.datapoints.connect.kairosdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExtendedTypesTest {

  private final Reading reading = Reading.extended();

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "text | \"abc\" | string 'abc'",
        "text | 1.50 | string '1.50'",
        "complex | {\"real\":1,\"imaginary\":-2.5} | complex 1.0 -2.5",
        "complex | {\"imaginary\":-2.5,\"x\":{},\"real\":1e3} | complex 1000.0 -2.5",
        "complex | [{\"real\":1,\"imaginary\":2}] | complex 1.0 2.0",
        "binary | \"AQL/\" | binary 0102ff",
      })
  void convertsToTheNamedType(String type, String json, String stored) {
    String typed = ",\"type\":\"" + type + "\"";
    assertThat(reading.of(ValueRulesTest.topLevel(json, typed)).described())
        .containsExactly("m{h=a} 5 " + stored);
    assertThat(reading.of(ValueRulesTest.element(json + ",\"" + type + "\"")).described())
        .containsExactly("m{h=a} 5 " + stored);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "complex | {\"real\":1} | .value is not a complex.",
        "complex | {\"real\":1,\"imaginary\":\"2\"} | .value is not a complex.",
        "complex | {\"real\":1,\"imaginary\":1e400} | .value is not a finite number.",
        "complex | 5 | .value is not a complex.",
        "binary | \"?\" | .value is not a binary.",
        "binary | 5 | .value is not a binary.",
        "binary | {\"real\":1,\"imaginary\":2} | .value is not a binary.",
        "text | {} | .value is not a string.",
      })
  void refusesWhatIsNone(String type, String json, String reason) {
    reading.of(ValueRulesTest.element(json + ",\"" + type + "\""));
    assertThat(reading.reasons).containsExactly("metric[0](name=m).datapoints[0]" + reason);
  }

  @Test
  void takesBytesAndStructsFromConverters() {
    Schema complex =
        SchemaBuilder.struct()
            .field("real", Schema.FLOAT64_SCHEMA)
            .field("imaginary", Schema.FLOAT64_SCHEMA)
            .build();
    Map<String, Object> metric =
        Map.of(
            "name",
            "m",
            "tags",
            Map.of("h", "a"),
            "datapoints",
            List.of(
                List.of(1, new byte[] {1, 2}, "binary"),
                List.of(2, ByteBuffer.wrap(new byte[] {0, 3, 4}).position(1), "binary"),
                List.of(3, Map.of("real", 1, "imaginary", 2), "complex"),
                List.of(4, new Struct(complex).put("real", 3.0).put("imaginary", 4.0), "complex"),
                List.of(5, new byte[] {1}),
                List.of(6, new byte[] {1}, "long")));
    assertThat(reading.of(metric).described())
        .containsExactly(
            "m{h=a} 1 binary 0102",
            "m{h=a} 2 binary 0304",
            "m{h=a} 3 complex 1.0 2.0",
            "m{h=a} 4 complex 3.0 4.0");
    assertThat(reading.reasons)
        .containsExactly(
            "metric[0](name=m) value is an invalid type",
            "metric[0](name=m).datapoints[5].value is not a long.");
  }
}
