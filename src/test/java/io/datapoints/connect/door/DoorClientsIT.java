package io.datapoints.connect.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.datapoints.connect.kit.DoorProperties;
import io.datapoints.connect.kit.DoorServer;
import io.datapoints.connect.kit.Kafka;
import io.datapoints.connect.kit.Servers;
import io.datapoints.connect.kit.ServersExtension;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.kairos.KairosConfig;
import io.micrometer.kairos.KairosMeterRegistry;
import java.io.IOException;
import java.net.http.HttpClient;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kairosdb.client.builder.MetricBuilder;
import org.kairosdb.client.response.UnexpectedResponseException;

/** What writes to a KairosDB writes to the door, unchanged; its answers are understood. */
@ExtendWith(ServersExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DoorClientsIT {

  private static final String TOPIC = "door-clients";
  private static final long NOON = 1_700_000_000_000L;

  private final Kafka kafka;
  @AutoClose private final DoorServer door;

  DoorClientsIT(Servers servers) {
    kafka = servers.kafka();
    kafka.createTopic(TOPIC, 2);
    door = servers.door(kafka, DoorProperties.into(TOPIC));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void kairosdbsJavaClientPushes(boolean compressed) throws IOException {
    String metric = "java.client." + (compressed ? "gzip" : "plain");
    MetricBuilder metrics = MetricBuilder.getInstance();
    metrics.setCompression(compressed);
    metrics
        .addMetric(metric)
        .addTag("host", "a")
        .addTtl(1_000_000)
        .addDataPoint(NOON, 5)
        .addDataPoint(NOON + 1, 1.5);
    metrics.addMetric(metric + ".text", "string").addTag("host", "b").addDataPoint(NOON, "on");

    push(metrics);

    assertThat(facts(metric))
        .containsExactlyInAnyOrder(
            Fact.point(metric, NOON, "5"),
            Fact.point(metric, NOON + 1, "1.5"),
            Fact.tag(metric, "host", "a"));
    assertThat(facts(metric + ".text")).contains(Fact.point(metric + ".text", NOON, "\"on\""));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void kairosdbsJavaClientTellsWhatIsBad(boolean compressed) throws IOException {
    String metric = "java.client.bad." + compressed;
    MetricBuilder metrics = MetricBuilder.getInstance();
    metrics.setCompression(compressed);
    metrics.addMetric(metric).addTag("host", "a").addDataPoint(NOON, 1);
    metrics.addMetric(metric, "unheard").addTag("host", "a").addDataPoint(NOON + 1, "2");

    assertThatExceptionOfType(UnexpectedResponseException.class)
        .isThrownBy(() -> push(metrics))
        .withMessageContaining("type is not a registered data point type")
        .satisfies(refused -> assertThat(refused.getStatusCode()).isEqualTo(400));

    assertThat(facts(metric))
        .containsExactlyInAnyOrder(Fact.point(metric, NOON, "1"), Fact.tag(metric, "host", "a"));
  }

  @Test
  void kairosdbsJavaClientAsksWhoAndHow() throws IOException {
    try (org.kairosdb.client.HttpClient client = new org.kairosdb.client.HttpClient(door.root())) {
      assertThat(client.getVersion()).startsWith("KairosDB 1.3");
      assertThat(client.getStatusCheck()).isEqualTo(204);
      assertThat(client.getStatus()).isNotEmpty().allMatch(check -> check.endsWith(": OK"));
    }
  }

  @Test
  void micrometersRegistryPublishes() {
    KairosConfig config =
        key ->
            switch (key) {
              case "kairos.uri" -> door.root() + Request.DATAPOINTS;
              // Nothing but the end of the registry sends.
              case "kairos.step" -> "1h";
              default -> null;
            };
    KairosMeterRegistry registry = new KairosMeterRegistry(config, Clock.SYSTEM);
    Gauge.builder("room.temperature", () -> 21.5).tag("room", "kitchen").register(registry);
    registry.counter("door.opened").increment(3);
    registry.close();

    assertThat(facts("room_temperature"))
        .contains(Fact.tag("room_temperature", "room", "kitchen"))
        .anyMatch(fact -> fact.endsWith(" is 21.5"));
    assertThat(facts("door_opened")).anyMatch(fact -> fact.endsWith(" is 3"));
  }

  /** As pyKairosDB sends it: no word about what the body is. */
  @Test
  void aPythonClientWrites() throws IOException {
    HttpClient client = Request.newClient();
    Request version = Request.of("GET", "/api/v1/version").with("User-Agent", "python-requests/2");
    assertThat(version.to(client, door.root()).status()).isEqualTo(200);

    Request write =
        Request.post(
                "[{\"tags\": {\"host\": \"a\"}, \"timestamp\": 1700000000000, \"name\":"
                    + " \"python.client\", \"value\": 1.0}]")
            .with("User-Agent", "python-requests/2.32.3")
            .with("Accept-Encoding", "gzip, deflate")
            .with("Accept", "*/*");
    Answer answer = write.to(client, door.root());

    assertThat(answer.status()).isEqualTo(204);
    assertThat(answer.body()).isEmpty();
    assertThat(facts("python.client")).contains(Fact.point("python.client", NOON, "1"));
  }

  /** As go-kairosdb sends it, which takes 204 alone for a success. */
  @Test
  void aGoClientWrites() throws IOException {
    HttpClient client = Request.newClient();
    Request write =
        Request.json(
                "[{\"tags\":{\"host\":\"a\"},\"name\":\"go.client\",\"type\":\"long\","
                    + "\"datapoints\":[[1700000000000,5]]}]")
            .with("User-Agent", "Go-http-client/1.1")
            .with("Accept-Encoding", "gzip");

    assertThat(write.to(client, door.root()).status()).isEqualTo(204);
    assertThat(facts("go.client")).contains(Fact.point("go.client", NOON, "5"));
  }

  private void push(MetricBuilder metrics) throws IOException {
    try (org.kairosdb.client.HttpClient client = new org.kairosdb.client.HttpClient(door.root())) {
      client.pushMetrics(metrics);
    }
  }

  private Set<String> facts(String metric) {
    Map<String, Set<String>> facts = TopicFacts.of(kafka.records(TOPIC));
    return facts.getOrDefault(metric, Set.of());
  }
}
