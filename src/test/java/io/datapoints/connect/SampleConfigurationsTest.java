package io.datapoints.connect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.sink.SinkConnector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The files in config/, as someone posts them to Connect. */
class SampleConfigurationsTest {

  private static final Path DIRECTORY = Path.of("config");

  static Stream<Path> samples() throws IOException {
    try (Stream<Path> files = Files.list(DIRECTORY)) {
      return files.filter(Files::isRegularFile).sorted().toList().stream();
    }
  }

  /** Those of a layout and a store, and those of the shipped cases. */
  static Stream<Path> all() throws IOException {
    try (Stream<Path> files = Files.walk(DIRECTORY)) {
      return files.filter(each -> each.toString().endsWith(".json")).sorted().toList().stream();
    }
  }

  @Test
  void everyLayoutHasASampleForEveryStore() throws IOException {
    assertThat(samples().map(each -> each.getFileName().toString()))
        .containsExactly(
            "flows-cassandra.json",
            "flows-mongodb.json",
            "kairosdb-cassandra.json",
            "kairosdb-mongodb.json");
  }

  @ParameterizedTest
  @MethodSource("all")
  void aSampleIsAcceptedByTheConnectorThatItNames(Path sample) throws Exception {
    Map<String, String> config = config(sample);
    // Whatever runs at the address of the sample has no say here.
    config.put("validate.connect", "false");

    SinkConnector connector =
        Class.forName(config.getOrDefault("connector.class", ""))
            .asSubclass(SinkConnector.class)
            .getDeclaredConstructor()
            .newInstance();

    assertThat(connector.validate(config).configValues())
        .flatMap(ConfigValue::errorMessages)
        .isEmpty();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void aSampleIsNamedLikeItsFileAndKeepsBadRecords(Path sample) throws IOException {
    Map<String, String> config = config(sample);
    String topic = config.getOrDefault("topics", "");
    String layout = config.getOrDefault("layout", "");

    assertThat(sample.getFileName()).hasToString(read(sample).path("name").asText() + ".json");
    assertThat(sample.getFileName().toString()).startsWith(layout + "-");
    assertThat(topic).isEqualTo(layout.equals("flows") ? "flows" : "metrics");
    assertThat(config)
        .containsEntry("errors.tolerance", "all")
        .containsEntry("errors.deadletterqueue.topic.name", topic + ".errors")
        .containsEntry("errors.deadletterqueue.context.headers.enable", "true");
  }

  private static Map<String, String> config(Path sample) throws IOException {
    return new ObjectMapper()
        .convertValue(read(sample).path("config"), new TypeReference<Map<String, String>>() {});
  }

  private static JsonNode read(Path sample) throws IOException {
    return new ObjectMapper().readTree(sample.toFile());
  }
}
