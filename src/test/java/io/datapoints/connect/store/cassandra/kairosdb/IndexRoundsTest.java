package io.datapoints.connect.store.cassandra.kairosdb;

import static io.datapoints.connect.store.cassandra.TestStores.RECORD_TIME;
import static io.datapoints.connect.store.cassandra.TestStores.point;
import static io.datapoints.connect.store.cassandra.TestStores.series;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.DriverTimeoutException;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.Statement;
import com.datastax.oss.driver.api.core.servererrors.InvalidQueryException;
import io.datapoints.connect.kairosdb.format.TagMap;
import io.datapoints.connect.model.DataPoint;
import io.datapoints.connect.model.Value;
import io.datapoints.connect.store.Cause;
import io.datapoints.connect.store.Outcome;
import io.datapoints.connect.store.Outcome.Durable;
import io.datapoints.connect.store.cassandra.ScriptedSession.Sent;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How the index rows of many series share requests, and what becomes of those that fail. */
class IndexRoundsTest extends ScriptedKairos {

  private final DriverTimeoutException slow = new DriverTimeoutException("slow");
  private final InvalidQueryException invalid = new InvalidQueryException(null, "no");

  @BeforeEach
  void allPartitionsHaveTheSameReplicas() {
    groups = key -> "replicas";
  }

  @Test
  void aThousandNewSeriesOfAMetricTakeFewRequests() {
    List<Sent> index =
        coldStart(number -> point(series("load", "host", "h" + number), 0, 1), 1_000);
    assertThat(index.stream().mapToInt(ScriptedKairos::rows).sum()).isEqualTo(1_002);
    assertThat(index).hasSizeLessThanOrEqualTo(12);
  }

  @Test
  void aThousandNewMetricsShareRequestsThatNoServerWarnsOf() {
    List<Sent> index =
        coldStart(number -> point(series("metric" + number, "host", "a"), 0, 1), 1_000);
    assertThat(index.stream().mapToInt(ScriptedKairos::rows).sum()).isEqualTo(3_000);
    // Two partitions a metric, of which ten share a request, and a partition of names.
    assertThat(index).hasSizeLessThanOrEqualTo(2 * 1_000 / 10 + 1_000 / 100 + 10);
    assertNoServerWarnsOf(index);
  }

  /** Each batch has points of ten metrics, whose index rows are of ten partitions. */
  @Test
  void whatWaitsOfAMetricIsIndexedWithTheFirstThatIsNeeded() {
    List<PointRow> waiting =
        IntStream.range(0, 2_000)
            .mapToObj(
                number -> point(series("metric" + number % 20, "host", "h" + number / 20), 0, 1))
            .map(point -> (PointRow) layout.plan(point))
            .toList();
    List<Sent> sent = new ArrayList<>();
    for (int from = 0; from < waiting.size(); from += 10) {
      CompletableFuture<Outcome> outcome =
          layout.write(waiting.subList(from, from + 10)).toCompletableFuture();
      sent.addAll(takeAll());
      assertThat(outcome).isCompletedWithValue(Durable.DURABLE);
    }
    List<Sent> index = sent.stream().filter(each -> !isPoints(each)).toList();
    assertThat(index.stream().mapToInt(ScriptedKairos::rows).sum()).isEqualTo(2_000 + 2 * 20);
    assertThat(index).hasSizeLessThanOrEqualTo(20 + 10);
  }

  @Test
  void partitionsOfManyBytesShareRequestsThatNoServerWarnsOf() {
    String rack = "r".repeat(1_500);
    List<Sent> index =
        coldStart(number -> point(series("metric" + number, "rack", rack), 0, 1), 100);
    assertThat(index).anyMatch(sent -> partitions(sent) > 1 && bytes(sent) > 3_000);
    assertNoServerWarnsOf(index);
  }

  private static void assertNoServerWarnsOf(List<Sent> requests) {
    assertThat(requests)
        .allMatch(sent -> partitions(sent) <= 10)
        .allMatch(sent -> partitions(sent) == 1 || bytes(sent) <= 5_120);
  }

  private static long partitions(Sent sent) {
    return statements(sent).map(IndexRoundsTest::partition).distinct().count();
  }

  private static int bytes(Sent sent) {
    return statements(sent)
        .flatMap(row -> row.getValues().stream())
        .mapToInt(ByteBuffer::remaining)
        .sum();
  }

  /** All that is asked for before anything is answered. */
  private List<Sent> coldStart(IntFunction<DataPoint> points, int count) {
    List<CompletableFuture<Outcome>> outcomes = new ArrayList<>();
    for (int from = 0; from < count; from += 10) {
      outcomes.add(
          write(IntStream.range(from, from + 10).mapToObj(points).toArray(DataPoint[]::new)));
    }
    List<Sent> index = takeAll().stream().filter(sent -> !isPoints(sent)).toList();
    assertThat(outcomes).allMatch(outcome -> outcome.join() == Durable.DURABLE);
    return index;
  }

  @Test
  void pointsOfKnownSeriesLeaveAtOnceInOneRequest() {
    DataPoint[] points =
        Stream.of("a", "b", "c")
            .map(host -> point(series("load", "host", host), 0, 1))
            .toArray(DataPoint[]::new);
    acknowledge(write(points));
    List<Sent> sent = sending(points);
    assertThat(sent).extracting(Sent::table).containsExactly("data_points");
    assertThat(rows(sent.get(0))).isEqualTo(3);
  }

  @Test
  void aPartitionOfTheIndexThatIsAwayHoldsUpOnlyThePointsThatNeedIt() {
    CompletableFuture<Outcome> outcome = write(ofMetric("a"), ofMetric("b"), ofMetric("c"));
    List<Sent> sent = answer(row -> isOf("row_keys", "b", row), slow);
    assertThat(outcome.join())
        .isInstanceOfSatisfying(
            Outcome.Mixed.class,
            mixed -> {
              assertThat(mixed.rows().get(0)).isEqualTo(Durable.DURABLE);
              assertThat(mixed.rows().get(1))
                  .isInstanceOfSatisfying(
                      Outcome.Unavailable.class,
                      away -> assertThat(away.cause()).isEqualTo(Cause.TIMEOUT));
              assertThat(mixed.rows().get(2)).isEqualTo(Durable.DURABLE);
            });
    assertThat(sent)
        .filteredOn(IndexRoundsTest::isPoints)
        .singleElement()
        .extracting(ScriptedKairos::rows)
        .isEqualTo(2);
    // Together, then each partition once more alone: three times two of metrics, and the names.
    assertThat(sent).filteredOn(each -> !isPoints(each)).hasSize(1 + 7);
    assertThat(sending(ofMetric("a"), ofMetric("c")))
        .hasSize(1)
        .allMatch(IndexRoundsTest::isPoints);
    assertThat(sending(ofMetric("b"))).extracting(Sent::table).containsExactly("row_keys");
  }

  @Test
  void anIndexRowThatIsRefusedIsFoundAmongItsNeighbours() {
    List<DataPoint> points =
        IntStream.range(0, 10).mapToObj(i -> point(series("load", "host", "h" + i), 0, 1)).toList();
    CompletableFuture<Outcome> outcome = write(points.toArray(DataPoint[]::new));
    ByteBuffer culprit = TagMap.encode(points.get(6).series().tags());
    answer(row -> row.getValues().contains(culprit), invalid);
    List<Outcome> rows = ((Outcome.Mixed) outcome.join()).rows();
    for (int i = 0; i < 10; i++) {
      if (i == 6) {
        assertThat(rows.get(i)).isInstanceOf(Outcome.Declined.class);
      } else {
        assertThat(rows.get(i)).isEqualTo(Durable.DURABLE);
      }
    }
  }

  @Test
  void aRequestThatIsTooLargeMakesThoseAfterItSmaller() {
    CompletableFuture<Outcome> outcome = write(ofMetric("a"), ofMetric("b"), ofMetric("c"));
    scripted.take().get(0).fail(new InvalidQueryException(null, "Batch too large"));
    assertThat(layout.sharedLimits().partitions()).isEqualTo(3);
    takeAll();
    assertThat(outcome).isCompletedWithValue(Durable.DURABLE);
  }

  @Test
  void pointsThatAreRefusedWhileOthersWereLeftOutAreRepeatedWithoutThose() {
    CompletableFuture<Outcome> outcome = write(ofMetric("a"), ofMetric("b"), ofMetric("c"));
    answer(row -> isOf("row_keys", "b", row) || isPoint(row), invalid);
    List<Outcome> rows = ((Outcome.Mixed) outcome.join()).rows();
    assertThat(rows.get(0)).isInstanceOf(Outcome.Unavailable.class);
    assertThat(rows.get(1)).isInstanceOf(Outcome.Declined.class);
    assertThat(rows.get(2)).isInstanceOf(Outcome.Unavailable.class);
  }

  @Test
  void whatSeveralRequestsNeedIsWrittenOnce() {
    CompletableFuture<Outcome> first = write(point(series, 0, 1));
    CompletableFuture<Outcome> second = write(point(series, 1, 1));
    List<Sent> index = scripted.take();
    assertThat(index).hasSize(1);
    index.get(0).acknowledge();
    List<Sent> data = scripted.take();
    assertThat(data).hasSize(2).allMatch(IndexRoundsTest::isPoints);
    data.forEach(Sent::acknowledge);
    assertThat(first).isCompletedWithValue(Durable.DURABLE);
    assertThat(second).isCompletedWithValue(Durable.DURABLE);
  }

  @Test
  void whoNeedsALongerLifeThanIsBeingWrittenWaitsForOneMoreWrite() {
    CompletableFuture<Outcome> brief = write(living(1, 100));
    CompletableFuture<Outcome> longer = write(living(2, 2_000_000));
    CompletableFuture<Outcome> longest = write(living(3, 3_000_000));
    Sent index = scripted.take().get(0);
    assertThat(scripted.take()).isEmpty();
    index.acknowledge();
    List<Sent> next = scripted.take();
    assertThat(next).filteredOn(IndexRoundsTest::isPoints).hasSize(1);
    Sent again = next.stream().filter(sent -> !isPoints(sent)).findAny().orElseThrow();
    assertThat(rows(again)).as("the metric name lives for ever").isEqualTo(2);
    assertThat(statements(again))
        .extracting(row -> row.getBytesUnsafe(row.size() - 2).getInt(0))
        .containsOnly(3_000_000 + ROWS.widthSeconds());
    assertThat(statements(again))
        .extracting(row -> row.getBytesUnsafe(row.size() - 1).getLong(0))
        .allMatch(timestamp -> timestamp > NOW);
    assertThat(longer).isNotDone();
    assertThat(longest).isNotDone();
    Stream.concat(next.stream(), takeAll().stream()).forEach(Sent::acknowledge);
    takeAll();
    assertThat(List.of(brief, longer, longest))
        .allMatch(outcome -> outcome.join() == Durable.DURABLE);
  }

  @Test
  void whatWaitsForARoundTakesTheLongestLifeThatIsAskedForMeanwhile() {
    CompletableFuture<Outcome> outcome = write(ofMetric("a"));
    assertThat(write(living(1, 100))).isNotDone();
    assertThat(write(living(2, 20_000))).isNotDone();
    scripted.take().get(0).acknowledge();
    List<Sent> next = scripted.take().stream().filter(sent -> !isPoints(sent)).toList();
    assertThat(next).hasSize(1);
    assertThat(
            statements(next.get(0))
                .filter(row -> row.getPreparedStatement().getQuery().contains("row_key")))
        .extracting(row -> row.getBytesUnsafe(row.size() - 2).getInt(0))
        .containsOnly(20_000 + ROWS.widthSeconds());
    assertThat(outcome).isNotDone();
  }

  /** Those of one point are in partitions of their own, with other replicas. */
  @Test
  void partitionsOfOtherReplicasShareNoRequest() {
    groups = key -> key[key.length - 1];
    layout = layout(Map.of("load", List.of("host")));
    CompletableFuture<Outcome> outcome =
        write(point(series, 0, 1), point(series("load", "host", "b"), 0, 1));
    List<Sent> index = scripted.take();
    assertThat(index)
        .extracting(Sent::table)
        .containsExactlyInAnyOrder(
            "string_index",
            "row_key_time_index",
            "row_keys",
            "tag_indexed_row_keys",
            "tag_indexed_row_keys");
    index.subList(1, 5).forEach(Sent::acknowledge);
    assertThat(scripted.take()).isEmpty();
    index.get(0).acknowledge();
    takeAll();
    assertThat(outcome).isCompletedWithValue(Durable.DURABLE);
  }

  private static DataPoint ofMetric(String metric) {
    return point(series(metric, "host", "a"), 0, 1);
  }

  private DataPoint living(long time, int ttl) {
    return point(series, time, new Value.LongValue(1), ttl, RECORD_TIME);
  }

  /** Fails what contains such a row, acknowledges the rest, until nothing more is sent. */
  private List<Sent> answer(Predicate<BoundStatement> failing, RuntimeException error) {
    List<Sent> all = new ArrayList<>();
    for (List<Sent> next = scripted.take(); !next.isEmpty(); next = scripted.take()) {
      all.addAll(next);
      for (Sent sent : next) {
        if (statements(sent).anyMatch(failing)) {
          sent.fail(error);
        } else {
          sent.acknowledge();
        }
      }
    }
    return all;
  }

  private static Stream<BoundStatement> statements(Sent sent) {
    Collection<Statement<?>> rows = new ArrayList<>();
    if (sent.statement() instanceof BatchStatement batch) {
      batch.forEach(row -> rows.add((Statement<?>) row));
    } else {
      rows.add(sent.statement());
    }
    return rows.stream().map(BoundStatement.class::cast);
  }

  private static boolean isOf(String table, String metric, BoundStatement row) {
    return row.getPreparedStatement().getQuery().contains("." + table + " ")
        && row.getValues().get(0).equals(ByteBuffer.wrap(metric.getBytes(UTF_8)));
  }

  private static boolean isPoint(BoundStatement row) {
    return row.getPreparedStatement().getQuery().contains(".data_points ");
  }

  private static boolean isPoints(Sent sent) {
    return sent.table().equals("data_points");
  }

  /** The metric of all, and the row time of row_keys, which here is one and the same. */
  private static List<Object> partition(BoundStatement row) {
    return List.of(row.getPreparedStatement().getQuery(), row.getValues().get(0));
  }
}
