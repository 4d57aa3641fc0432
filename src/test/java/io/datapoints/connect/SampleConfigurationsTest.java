package io.datapoints.connect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.connect.runtime.distributed.DistributedConfig;
import org.apache.kafka.connect.runtime.standalone.StandaloneConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every file in config/, as whoever it is for reads it: Connect, a worker, Kubernetes. */
class SampleConfigurationsTest {

  private static final Path DIRECTORY = Path.of("config");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  /** What a KafkaConnect resource must not have in its config: the operator sets it. */
  private static final List<String> OF_THE_OPERATOR =
      List.of("ssl.", "sasl.", "security.", "listeners", "plugin.path", "rest.", "bootstrap.");

  /** The samples of a layout and a store. */
  static Stream<Path> samples() throws IOException {
    try (Stream<Path> files = Files.list(DIRECTORY)) {
      return files.filter(each -> each.toString().endsWith(".json")).sorted().toList().stream();
    }
  }

  static Stream<Path> all() throws IOException {
    try (Stream<Path> files = Files.walk(DIRECTORY)) {
      return files.filter(Files::isRegularFile).sorted().toList().stream();
    }
  }

  @Test
  void everyLayoutHasASampleForEveryStore() throws IOException {
    assertThat(samples().map(each -> each.getFileName().toString()))
        .containsExactly(
            "flows-cassandra.json",
            "flows-mongodb.json",
            "kairosdb-cassandra.json",
            "kairosdb-mongodb.json",
            "table-cassandra.json",
            "table-mongodb.json");
  }

  @ParameterizedTest
  @MethodSource("all")
  void aFileIsAcceptedByWhoeverReadsIt(Path file) throws Exception {
    String name = file.getFileName().toString();
    switch (name.substring(name.lastIndexOf('.') + 1)) {
      case "json" -> assertThat(connectorFaults(JSON.readTree(file.toFile()))).isEmpty();
      case "avsc" -> assertThat(JSON.readTree(file.toFile()).path("type").asText()).isNotEmpty();
      case "properties" -> assertThat(workerFaults(properties(file))).isEmpty();
      case "yaml", "yml" -> {
        for (JsonNode document : documents(file)) {
          assertThat(resourceFaults(document)).as(file.toString()).isEmpty();
        }
      }
      case "md" -> assertThat(Files.readString(file)).startsWith("# ");
      // The integration tests of the case execute it.
      case "cql" -> assertThat(Files.readString(file)).contains("CREATE ");
      default -> throw new AssertionError("no test knows this kind of file: " + file);
    }
  }

  /** None for JSON that is not a connector, such as a dashboard. */
  private static List<String> connectorFaults(JsonNode json) throws Exception {
    if (!json.path("config").has("connector.class")) {
      assertThat(json.has("connector.class")).as("a connector without a name").isFalse();
      return List.of();
    }
    assertThat(json.path("name").asText()).isNotBlank();
    return ConnectorFaults.of(texts(json.path("config")));
  }

  private static List<String> workerFaults(Map<String, String> properties) {
    if (properties.containsKey("datapoints.http.topic")
        && !properties.containsKey("key.converter")) {
      return DoorFaults.of(properties);
    }
    return properties.containsKey("group.id")
        ? WorkerFaults.of(properties, DistributedConfig::new)
        : WorkerFaults.of(properties, StandaloneConfig::new);
  }

  private static List<String> resourceFaults(JsonNode resource) throws Exception {
    JsonNode spec = resource.path("spec");
    return switch (resource.path("kind").asText()) {
      case "KafkaConnector" -> ConnectorFaults.of(connector(resource));
      case "KafkaConnect" -> {
        Map<String, String> config = texts(spec.path("config"));
        assertThat(config.keySet())
            .filteredOn(key -> !key.equals("rest.extension.classes"))
            .noneMatch(key -> OF_THE_OPERATOR.stream().anyMatch(key::startsWith));
        config.put("bootstrap.servers", spec.path("bootstrapServers").asText());
        config.put("group.id", spec.path("groupId").asText());
        for (String storage : List.of("config", "offset", "status")) {
          config.put(storage + ".storage.topic", spec.path(storage + "StorageTopic").asText());
        }
        yield WorkerFaults.of(config, DistributedConfig::new);
      }
      default -> List.of();
    };
  }

  /** What the operator makes of a KafkaConnector. */
  private static Map<String, String> connector(JsonNode resource) {
    JsonNode spec = resource.path("spec");
    Map<String, String> config = texts(spec.path("config"));
    assertThat(config).doesNotContainKeys("name", "connector.class", "tasks.max");
    config.put("connector.class", spec.path("class").asText());
    config.put("tasks.max", spec.path("tasksMax").asText());
    return config;
  }

  @ParameterizedTest
  @MethodSource("samples")
  void aSampleIsNamedLikeItsFileAndKeepsBadRecords(Path sample) throws IOException {
    JsonNode json = JSON.readTree(sample.toFile());
    Map<String, String> config = texts(json.path("config"));
    String topic = config.getOrDefault("topics", "");
    String layout = config.getOrDefault("layout", "");

    assertThat(sample.getFileName()).hasToString(json.path("name").asText() + ".json");
    assertThat(sample.getFileName().toString()).startsWith(layout + "-");
    assertThat(topic)
        .isEqualTo(
            Map.of("kairosdb", "metrics", "flows", "flows", "table", "readings").get(layout));
    assertThat(config)
        .containsEntry("errors.tolerance", "all")
        .containsEntry("errors.deadletterqueue.topic.name", topic + ".errors")
        .containsEntry("errors.deadletterqueue.context.headers.enable", "true");
  }

  /** But for addresses, credentials and what a cluster has more of. */
  @ParameterizedTest
  @MethodSource("samples")
  void aSampleIsAResourceForKubernetesToo(Path sample) throws IOException {
    JsonNode json = JSON.readTree(sample.toFile());
    Map<String, String> expected = texts(json.path("config"));
    JsonNode resource =
        documents(DIRECTORY.resolve("kubernetes/kafka-connectors.yaml")).stream()
            .filter(each -> each.at("/metadata/name").equals(json.path("name")))
            .findFirst()
            .orElseThrow();
    Map<String, String> config = connector(resource);

    for (String own :
        List.of(
            "tasks.max",
            "cassandra.contact.points",
            "mongodb.uri",
            "errors.deadletterqueue.topic.replication.factor")) {
      assertThat(expected.remove(own) == null).isEqualTo(config.remove(own) == null);
    }
    config
        .keySet()
        .removeAll(List.of("cassandra.username", "cassandra.password", "cassandra.replication"));
    assertThat(config).isEqualTo(expected);
  }

  @Test
  void theResourcesForKubernetesFitTogether() throws IOException {
    JsonNode kustomization = documents(DIRECTORY.resolve("kustomization.yaml")).get(0);
    List<String> files = new ArrayList<>();
    kustomization.path("resources").forEach(each -> files.add(each.asText()));
    // Made by hand, with these names.
    files.add("kubernetes/secrets.yaml");
    Map<String, JsonNode> resources = new HashMap<>();
    for (String file : files) {
      for (JsonNode each : documents(DIRECTORY.resolve(file))) {
        resources.put(each.path("kind").asText() + " " + each.at("/metadata/name").asText(), each);
      }
    }

    try (Stream<Path> directory = Files.list(DIRECTORY.resolve("kubernetes"))) {
      assertThat(directory.map(each -> "kubernetes/" + each.getFileName()))
          .containsExactlyInAnyOrderElementsOf(files);
    }
    JsonNode connect = Objects.requireNonNull(resources.get("KafkaConnect datapoints"));
    connect
        .at("/spec/template/pod/volumes")
        .forEach(
            volume ->
                assertThat(resources)
                    .containsKey("Secret " + volume.at("/secret/secretName").asText()));
    assertThat(resources)
        .containsKey("KafkaUser " + connect.at("/spec/authentication/username").asText());
    JsonNode metrics = connect.at("/spec/metricsConfig/valueFrom/configMapKeyRef");
    JsonNode map = kustomization.at("/configMapGenerator/0");
    assertThat(map.path("name")).isEqualTo(metrics.path("name"));
    Path rules = DIRECTORY.resolve(map.at("/files/0").asText());
    assertThat(rules.getFileName()).hasToString(metrics.path("key").asText());
    assertThat(rules).isRegularFile();
    resources.values().stream()
        .filter(each -> each.path("kind").asText().equals("KafkaConnector"))
        .forEach(
            each ->
                assertThat(each.at("/metadata/labels").path("strimzi.io/cluster"))
                    .isEqualTo(connect.at("/metadata/name")));
  }

  /** A release that is forgotten here would build images of the one before. */
  @Test
  void theImageForKubernetesIsBuiltFromTheArchiveOfThisVersion() throws IOException {
    String version = new CassandraDatapointSinkConnector().version();
    JsonNode build =
        documents(DIRECTORY.resolve("kubernetes/kafka-connect.yaml")).get(0).at("/spec/build");

    assertThat(build.at("/output/image").asText()).endsWith(":" + version);
    assertThat(build.at("/plugins/0/artifacts/0/url").asText())
        .endsWith("/datapoints-kafka-connect-datapoints-" + version + ".zip");
  }

  private static Map<String, String> texts(JsonNode object) {
    return new TreeMap<>(JSON.convertValue(object, new TypeReference<Map<String, String>>() {}));
  }

  private static List<JsonNode> documents(Path file) throws IOException {
    return YAML.readerFor(JsonNode.class).<JsonNode>readValues(file.toFile()).readAll();
  }

  private static Map<String, String> properties(Path file) throws IOException {
    Properties read = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      read.load(reader);
    }
    Map<String, String> all = new TreeMap<>();
    read.stringPropertyNames().forEach(key -> all.put(key, read.getProperty(key)));
    return all;
  }
}
