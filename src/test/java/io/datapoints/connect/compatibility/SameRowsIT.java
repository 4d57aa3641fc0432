package io.datapoints.connect.compatibility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.INTEGER;

import com.datastax.oss.driver.api.core.CqlSession;
import io.datapoints.connect.kit.Await;
import io.datapoints.connect.kit.ConnectWorker;
import io.datapoints.connect.kit.KairosServer;
import io.datapoints.connect.kit.Servers;
import io.datapoints.connect.kit.ServersExtension;
import io.datapoints.connect.pipeline.Pipeline;
import io.datapoints.connect.pipeline.TableRows;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The same JSON given to a KairosDB over HTTP and to the connector through Kafka leaves the same
 * rows, tag index included; and both write to a keyspace that the KairosDB made.
 */
@ExtendWith(ServersExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SameRowsIT {

  private static final Duration BOUND = Duration.ofMinutes(3);
  private static final int HOUR = 3_600;
  private static final int DAY = 24 * HOUR;
  private static final int ROW_WIDTH = 21 * DAY;
  private static final long NOON = 1_700_000_000_000L;

  /** Written by the connector to KairosDB's keyspace, and so not to be compared. */
  private static final String SHARED = "shared.";

  private final Servers servers;
  private final ConnectWorker worker;
  @AutoClose private final KairosServer kairos;
  @AutoClose private final CqlSession session;
  @AutoClose private final Pipeline pipeline;
  private final TableRows expected;
  private final TableRows actual;
  private long pushed;

  SameRowsIT(Servers servers) throws IOException {
    this.servers = servers;
    this.kairos = servers.kairos(servers.cassandra(), "same_reference", List.of("*"));
    this.worker = servers.worker();
    this.pipeline =
        new Pipeline(servers, worker, "same-rows").with("kairosdb.tag.index", "[\"*\"]").deploy();
    this.session = servers.cassandra().session();
    this.expected = new TableRows(session, "same_reference", "kairosdb.", SHARED);
    this.actual = new TableRows(session, pipeline.keyspace());
  }

  @Test
  void edgesOfTypesTagsAndTimes() throws IOException {
    give(3, Points.metric("long", "long", values(0L, -1L, Long.MAX_VALUE)));
    give(3, Points.metric("long", "long", Map.of(-1L, 1L, 0L, 2L, Long.MAX_VALUE, Long.MIN_VALUE)));
    give(4, Points.metric("double", "double", values(-0.0, 0.1, 1e308, Double.MIN_VALUE)));
    give(3, Points.metric("string", "string", values("é€😀\0", "\uff5e", " ")));
    give(1, Points.metric("string.long.ascii", "string", values("x".repeat(65_535))));
    give(1, Points.metric("string.long.wide", "string", values("€".repeat(21_845))));
    give(
        1,
        "{\"name\":\"empty\",\"timestamp\":1,\"value\":\"\",\"type\":\"string\","
            + "\"skip_validate\":true,\"tags\":{\"host\":\"a\"}}");
    give(
        1, "{\"name\":\"no.tags\",\"timestamp\":1,\"value\":1,\"skip_validate\":true,\"tags\":{}}");
    Map<String, String> order = Map.of("\uff5e", "1", "😀", "2", "a", "\uff5e", "z", "😀");
    give(1, Points.metric("tag.order", "long", order, values(1L)).toString());
    Map<String, String> escapes = Map.of("k:1=x", "v:1=y", ":", "=", "=", ":");
    give(1, Points.metric("tag.escapes", "long", escapes, values(1L)).toString());
    assertSameRows();
  }

  @Test
  void hundredsOfGeneratedPoints() throws IOException {
    MetricGenerator generator = new MetricGenerator(20_261_121);
    for (int request = 0; request < 30; request++) {
      List<String> metrics = new ArrayList<>();
      int points = 0;
      for (int i = 0; i < 8; i++) {
        MetricGenerator.Metric metric = generator.next();
        metrics.add(metric.json());
        points += metric.points();
      }
      give(points, metrics.stream().collect(Collectors.joining(",", "[", "]")));
    }
    assertSameRows();
  }

  private static Map<Long, Object> values(Object... values) {
    Map<Long, Object> points = new TreeMap<>();
    for (Object value : values) {
      points.put(NOON + points.size(), value);
    }
    return points;
  }

  /**
   * To both. KairosDB gets its next request when the points of this one are there: it makes one
   * batch of all that has queued up, and the server refuses one that is too large.
   */
  private void give(int points, String json) throws IOException {
    pipeline.send(json);
    assertThat(kairos.push(json)).as(json).isEqualTo(204);
    pushed += points;
    Await.until(
        "KairosDB's rows of " + json, BOUND, () -> expected.of("data_points").size() >= pushed);
  }

  private void assertSameRows() {
    pipeline.awaitCommitted();
    assertThat(actual.of("data_points").size()).isEqualTo(Math.toIntExact(pushed));
    for (String table : TableRows.tables()) {
      // KairosDB does not wait for the rows of its indexes.
      Await.until(
          "all of " + table, BOUND, () -> expected.of(table).size() >= actual.of(table).size());
      assertThat(missing(expected.of(table), actual.of(table)))
          .as("rows of %s that only KairosDB wrote", table)
          .isEmpty();
      assertThat(missing(actual.of(table), expected.of(table)))
          .as("rows of %s that only the connector wrote", table)
          .isEmpty();
    }
  }

  private static Set<String> missing(Set<String> rows, Set<String> others) {
    Set<String> missing = new TreeSet<>(rows);
    missing.removeAll(others);
    return missing;
  }

  @Test
  void pointsInAKeyspaceOfKairosdbAreFoundByIndexedTags() throws IOException {
    Pipeline shared =
        shared("same-shared").with("kairosdb.tag.index", "[\"shared.indexed\"]").deploy();
    for (String metric : List.of("shared.indexed", "shared.plain")) {
      shared.send(
          Points.metric(metric, "long", Map.of("host", "a", "dc", "x"), values(1L)).toString(),
          Points.metric(metric, "long", Map.of("host", "b", "dc", "x"), values(2L, 3L)).toString());
    }
    shared.awaitCommitted();
    Points points = new Points(kairos);
    assertThat(points.of("shared.indexed", Map.of("host", "a"))).isEqualTo(Map.of(NOON, "1"));
    assertThat(points.of("shared.indexed", Map.of("host", "b", "dc", "x")))
        .isEqualTo(Map.of(NOON, "2", NOON + 1, "3"));
    assertThat(points.of("shared.indexed", Map.of("host", "c"))).isEmpty();
    // That the index was asked, and not the rows: without it there is no answer.
    assertThat(points.of("shared.plain", Map.of("host", "a"))).isEmpty();
    assertThat(points.of("shared.plain")).hasSize(2);
  }

  private Pipeline shared(String name) {
    return new Pipeline(servers, worker, name)
        .with("cassandra.keyspace", "same_reference")
        .with("cassandra.schema.create", "false");
  }

  @Test
  void aTimeToLiveIsOnThePointAndLongerOnItsIndex() throws IOException {
    Pipeline shared = shared("same-ttl").deploy();
    TimesToLive left = new TimesToLive(session, shared.keyspace());
    shared.deliver(expiring(NOON, DAY));
    assertThat(left.ofPoints("shared.ttl")).singleElement(INTEGER).isBetween(DAY - HOUR, DAY);
    assertThat(left.ofRowKeys("shared.ttl"))
        .singleElement(INTEGER)
        .isBetween(DAY + ROW_WIDTH - HOUR, DAY + ROW_WIDTH);
    shared.deliver(expiring(NOON + 1, 30 * DAY));
    assertThat(left.ofRowKeys("shared.ttl"))
        .singleElement(INTEGER)
        .isBetween(30 * DAY + ROW_WIDTH - HOUR, 30 * DAY + ROW_WIDTH);
    assertThat(new Points(kairos).of("shared.ttl")).isEqualTo(Map.of(NOON, "1", NOON + 1, "1"));
  }

  private static String expiring(long time, int ttl) {
    return Points.metric("shared.ttl", "long", Map.of("host", "a"), Map.of(time, 1L))
        .put("ttl", ttl)
        .toString();
  }
}
