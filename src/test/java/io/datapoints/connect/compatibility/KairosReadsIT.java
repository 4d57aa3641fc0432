package io.datapoints.connect.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import com.fasterxml.jackson.databind.JsonNode;
import io.datapoints.connect.kit.Await;
import io.datapoints.connect.kit.ConnectWorker;
import io.datapoints.connect.kit.KairosServer;
import io.datapoints.connect.kit.Servers;
import io.datapoints.connect.kit.ServersExtension;
import io.datapoints.connect.pipeline.Pipeline;
import io.datapoints.connect.pipeline.TableRows;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * In a keyspace that the connector made before any KairosDB saw it, a KairosDB reads, overwrites
 * and deletes the connector's points as its own.
 */
@ExtendWith(ServersExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KairosReadsIT {

  private static final Duration BOUND = Duration.ofMinutes(2);

  /** How soon a point is found, whatever KairosDB deleted before it. */
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private static final long WEEKS = 1_814_400_000L;
  private static final long ROW_TIME = 1_698_278_400_000L;
  private static final long NOON = 1_700_000_000_000L;

  private final ConnectWorker worker;
  @AutoClose private final KairosServer kairos;
  @AutoClose private final CqlSession session;
  @AutoClose private final Pipeline pipeline;
  private final Points points;

  KairosReadsIT(Servers servers) throws IOException {
    worker = servers.worker();
    pipeline = new Pipeline(servers, worker, "kairos-reads").deploy();
    pipeline.deliver(Points.metric("before.kairosdb", "long", Map.of(NOON, 1L)));
    kairos = servers.kairos(pipeline.keyspace());
    points = new Points(kairos);
    session = servers.cassandra().session();
  }

  @Test
  void aKeyspaceOfTheConnectorIsANewOneToKairosdb() throws IOException {
    assertThat(points.of("before.kairosdb")).isEqualTo(Map.of(NOON, "1"));
    assertThat(session.execute("SELECT name, value FROM " + pipeline.keyspace() + ".spec"))
        .extracting(row -> row.getString(0) + "=" + row.getString(1))
        .containsExactlyInAnyOrder("row_time_unit=MILLISECONDS", "row_width=1814400000");
  }

  @Test
  void longsComeBack() throws IOException {
    assertComesBack(
        "type.long",
        "long",
        List.of(
            0L,
            1L,
            -1L,
            63L,
            64L,
            -64L,
            -65L,
            127L,
            8192L,
            (1L << 53) + 1,
            Long.MAX_VALUE,
            Long.MIN_VALUE));
  }

  @Test
  void doublesComeBack() throws IOException {
    assertComesBack(
        "type.double",
        "double",
        List.of(
            0.0,
            -0.0,
            5.0,
            0.1,
            -1.5,
            1e308,
            Double.MAX_VALUE,
            Double.MIN_VALUE,
            Double.MIN_NORMAL,
            Math.PI));
  }

  @Test
  void stringsComeBack() throws IOException {
    assertComesBack(
        "type.string",
        "string",
        List.of(
            "abc",
            " ",
            "5",
            "true",
            "é€\u07ff\u0800\uffff",
            "😀\udbff\udfff",
            "a\0b",
            "\"\\/\b\f\n\r\t\u0001\u007f\u2028",
            "x".repeat(65_535),
            "€".repeat(21_845),
            "\0".repeat(32_767)));
  }

  @Test
  void anEmptyStringComesBackWhereValidationIsSkipped() throws IOException {
    pipeline.deliver(
        """
        {"name": "type.empty", "timestamp": %d, "value": "", "type": "string",
         "skip_validate": true, "tags": {"host": "a"}}
        """
            .formatted(NOON));
    assertThat(points.of("type.empty")).isEqualTo(Map.of(NOON, "\"\""));
  }

  private void assertComesBack(String metric, String type, List<?> values) throws IOException {
    Map<Long, Object> sent = new TreeMap<>();
    for (Object value : values) {
      sent.put(NOON + sent.size(), value);
    }
    pipeline.deliver(Points.metric(metric, type, sent));
    assertThat(points.of(metric)).isEqualTo(Points.asJson(sent));
    assertThat(kairos.metricNames()).contains(metric);
  }

  @Test
  void everyFormOfARecordComesBack() throws IOException {
    Map<Long, Long> hundred = new TreeMap<>();
    for (long i = 0; i < 100; i++) {
      hundred.put(NOON + i * 60_000, i * i);
    }
    String record = Points.metric("form.hundred", "long", hundred);
    String one = "{\"name\":\"form.one\",\"timestamp\":%d,\"value\":%d,\"tags\":{\"host\":\"a\"}}";
    for (long i = 0; i < 20; i++) {
      pipeline.send(one.formatted(NOON + i * 60_000, i * i));
    }
    pipeline.send(
        record,
        "[%s,%s]"
            .formatted(
                record.replace("form.hundred", "form.array.a"),
                record.replace("form.hundred", "form.array.b")));
    pipeline.send(new byte[][] {Points.gzip(record.replace("form.hundred", "form.gzip"))});
    pipeline.awaitCommitted();
    for (String metric : List.of("form.hundred", "form.array.a", "form.array.b", "form.gzip")) {
      assertThat(points.of(metric)).as(metric).isEqualTo(Points.asJson(hundred));
    }
    assertThat(points.of("form.one"))
        .isEqualTo(Points.asJson(new TreeMap<>(hundred).headMap(NOON + 20 * 60_000)));
  }

  @Test
  void awkwardNamesAndTagsFindTheirPoints() throws IOException {
    String metric = "awk:ward= ✓ 😀";
    List<Map<String, String>> series =
        List.of(
            Map.of("k:1=x", "v:1=y"),
            Map.of("k", "1=x=v:1=y:"),
            Map.of(":", "=", "=", ":"),
            Map.of(" ", "  ", "a b", "c d"),
            Map.of("\uff5e", "1", "😀", "2", "a", "\uff5e", "z", "😀"),
            Map.of("tab\t", "nul\0", "quote\"", "back\\slash"),
            Map.of("long", "v".repeat(10_000)));
    Map<Map<String, String>, Long> times = new LinkedHashMap<>();
    for (Map<String, String> tags : series) {
      times.put(tags, NOON + times.size());
      pipeline.send(Points.metric(metric, "long", tags, Map.of(times.get(tags), 7L)).toString());
    }
    pipeline.awaitCommitted();
    assertThat(kairos.metricNames()).contains(metric);
    assertThat(points.of(metric)).hasSize(series.size());
    JsonNode found = points.tags(metric);
    for (Map<String, String> tags : series) {
      assertThat(points.of(metric, tags)).as("%s", tags).isEqualTo(Map.of(times.get(tags), "7"));
      tags.forEach(
          (name, value) ->
              assertThat(found.path(name)).extracting(JsonNode::asText).contains(value));
    }
  }

  @Test
  void pointsAtTheEdgesOfRowsAreFoundAtTheirTimes() throws IOException {
    Map<Long, Long> sent = new TreeMap<>();
    for (long edge : new long[] {0, ROW_TIME - ROW_TIME % WEEKS, 20 * WEEKS, -WEEKS}) {
      for (long time : new long[] {edge - 1, edge, edge + 1, edge + WEEKS - 1, edge + WEEKS}) {
        sent.put(time, time);
      }
    }
    pipeline.deliver(Points.metric("row.edges", "long", sent));
    assertThat(points.of("row.edges")).isEqualTo(Points.asJson(sent));
  }

  @Test
  void kairosdbOverwritesAPointOfTheConnector() throws IOException {
    pipeline.deliver(Points.metric("overwritten", "long", Map.of(NOON, 1L, NOON + 1, 2L)));
    assertThat(points.of("overwritten")).isEqualTo(Map.of(NOON, "1", NOON + 1, "2"));
    assertThat(kairos.push(Points.metric("overwritten", "long", Map.of(NOON, 5L)))).isEqualTo(204);
    points.await("the new value", "overwritten", Map.of(NOON, "5", NOON + 1, "2"));
    pipeline.deliver(Points.metric("overwritten", "long", Map.of(NOON, 6L)));
    assertThat(points.of("overwritten")).isEqualTo(Map.of(NOON, "6", NOON + 1, "2"));
  }

  @Test
  void kairosdbDeletesSomeAndThenAllPointsOfTheConnector() throws IOException {
    Map<Long, Long> sent = Map.of(NOON, 1L, NOON + 1, 2L, NOON + 2, 3L, NOON + WEEKS, 4L);
    pipeline.deliver(Points.metric("deleted", "long", sent));
    kairos.delete(Points.query("deleted", Map.of(), NOON + 1, NOON + 1));
    points.await("one deletion", "deleted", Map.of(NOON, "1", NOON + 2, "3", NOON + WEEKS, "4"));
    kairos.delete(Points.query("deleted", Map.of("host", "a"), 0, NOON + 2 * WEEKS));
    points.await("the deletion of all", "deleted", Map.of());
    pipeline.deliver(Points.metric("deleted", "long", Map.of(NOON, 9L)));
    Await.until(
        "a single late point", MINUTE, () -> points.of("deleted").equals(Map.of(NOON, "9")));
  }

  @Test
  void aMetricThatKairosdbDeletedComesBackWithItsNextPoint() throws IOException {
    pipeline.deliver(Points.metric("gone", "long", Map.of(NOON, 1L)));
    assertThat(kairos.metricNames()).contains("gone");
    assertThat(kairos.deleteMetric("gone")).isEqualTo(204);
    TableRows rows = new TableRows(session, pipeline.keyspace());
    Await.until("no row of the metric", BOUND, () -> rows.mentioning("gone").isEmpty());
    assertThat(points.of("gone")).isEmpty();
    assertThat(kairos.metricNames()).doesNotContain("gone");
    pipeline.deliver(Points.metric("gone", "long", Map.of(NOON, 2L)));
    Await.until("its next point", MINUTE, () -> points.of("gone").equals(Map.of(NOON, "2")));
    assertThat(kairos.metricNames()).contains("gone");
  }
}
