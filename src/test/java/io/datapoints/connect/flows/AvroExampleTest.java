package io.datapoints.connect.flows;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Timestamp;
import org.junit.jupiter.api.Test;

/**
 * The shipped Avro example without the converter, which is not on Maven Central: a struct of the
 * schema that it makes of {@code flow.avsc}, read with the settings of the connector beside it.
 */
class AvroExampleTest {

  private static final Path EXAMPLES = Path.of("config", "examples");

  private final Map<String, Schema> named = new HashMap<>();
  private final Schema flow;
  private final FlowReading reading;

  AvroExampleTest() throws IOException {
    ObjectMapper json = new ObjectMapper();
    this.flow = schema(json.readTree(EXAMPLES.resolve("flow.avsc").toFile()));
    JsonNode connector = json.readTree(EXAMPLES.resolve("avro-cassandra.json").toFile());
    Map<String, String> settings = new HashMap<>();
    connector
        .path("config")
        .properties()
        .forEach(
            each -> {
              if (each.getKey().startsWith("flows.")) {
                settings.put(each.getKey(), each.getValue().asText());
              }
            });
    this.reading = FlowReading.with(settings);
  }

  @Test
  void aStructOfTheSchemaIsAFlow() {
    assertThat(reading.of(struct("TCP", 51_000)).described())
        .containsExactly("tcp 192.0.2.1 51000 > 2001:db8::1 443 @ 1700000000123 = 1500.0");
    assertThat(reading.reasons).isEmpty();
  }

  @Test
  void aBadFieldIsNamedByItsPath() {
    assertThat(reading.of(struct("TCP", 65_536)).reasons)
        .containsExactly("source.port (source_port) must be a whole number from 0 to 65535.");
  }

  private Struct struct(String protocol, int sourcePort) {
    return new Struct(flow)
        .put("source", endpoint("192.0.2.1", sourcePort))
        .put("destination", endpoint("2001:db8::1", 443))
        .put("protocol", protocol)
        .put("observed_at", Date.from(Instant.ofEpochMilli(1_700_000_000_123L)))
        .put("bytes", 1_500L);
  }

  private Struct endpoint(String address, int port) {
    return new Struct(Objects.requireNonNull(named.get("Endpoint")))
        .put("address", address)
        .put("port", port);
  }

  /** The parts of Avro that the example uses, as the converter maps them. */
  private Schema schema(JsonNode avro) {
    if (avro.isArray()) {
      return optional(avro.get(1).asText());
    }
    if (avro.isTextual()) {
      return switch (avro.asText()) {
        case "string" -> Schema.STRING_SCHEMA;
        case "int" -> Schema.INT32_SCHEMA;
        case "long" -> Schema.INT64_SCHEMA;
        default -> Objects.requireNonNull(named.get(avro.asText()));
      };
    }
    return switch (avro.path("type").asText()) {
      case "record" -> record(avro);
      // A text whose parameters list the symbols.
      case "enum" -> SchemaBuilder.string().parameter("symbols", "" + avro.path("symbols")).build();
      case "long" -> {
        assertThat(avro.path("logicalType").asText()).isEqualTo("timestamp-millis");
        yield Timestamp.SCHEMA;
      }
      default -> throw new AssertionError("not in the example: " + avro);
    };
  }

  private static Schema optional(String type) {
    assertThat(type).isEqualTo("string");
    return Schema.OPTIONAL_STRING_SCHEMA;
  }

  private Schema record(JsonNode avro) {
    SchemaBuilder struct = SchemaBuilder.struct().name(avro.path("name").asText());
    for (JsonNode field : avro.path("fields")) {
      struct.field(field.path("name").asText(), schema(field.path("type")));
    }
    Schema built = struct.build();
    named.put(avro.path("name").asText(), built);
    return built;
  }
}
