package io.datapoints.connect.store.cassandra.flows;

import static io.datapoints.connect.store.cassandra.TestFlows.RECORD_TIME;
import static io.datapoints.connect.store.cassandra.TestFlows.WEB;
import static io.datapoints.connect.store.cassandra.TestFlows.flow;
import static io.datapoints.connect.store.cassandra.TestFlows.origin;
import static org.assertj.core.api.Assertions.assertThat;

import io.datapoints.connect.config.FlowsTableConfig.Bucket;
import io.datapoints.connect.model.Conversation;
import io.datapoints.connect.model.Flow;
import io.datapoints.connect.store.Plan;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of a flow before anything is sent. */
class FlowPlannerTest {

  private static final long NOW = RECORD_TIME + 1_000_000;

  @Test
  void flowsOfOneConversationShareTheirPartition() {
    FlowPlanner planner = planner(Bucket.NONE, 100);
    FlowRow first = row(planner, flow(1, 2, 3, 4));
    FlowRow second = row(planner, flow(5_000_000_000L, 6, 7, 8));
    assertThat(second.partition()).isSameAs(first.partition());
    for (Conversation other :
        List.of(
            new Conversation("10.0.0.3", "10.0.0.2", "tcp"),
            new Conversation("10.0.0.1", "10.0.0.3", "tcp"),
            new Conversation("10.0.0.1", "10.0.0.2", "udp"))) {
      assertThat(row(planner, flow(other, 1, 2, 3, 4, origin(0, NOW))).partition())
          .isNotEqualTo(first.partition());
    }
  }

  @Test
  void aForgottenPartitionEqualsItsSuccessor() {
    FlowPlanner planner = planner(Bucket.DAY, 1);
    FlowPartition before = row(planner, flow(1, 2, 3, 4)).partition();
    row(planner, flow(new Conversation("::1", "::2", "tcp"), 1, 2, 3, 4, origin(0, NOW)));
    FlowPartition after = row(planner, flow(1, 2, 3, 4)).partition();
    assertThat(after).isNotSameAs(before).isEqualTo(before).hasSameHashCodeAs(before);
  }

  @ParameterizedTest
  @CsvSource({
    // bucket, time, start of its bucket
    "HOUR, 1970-01-01T00:00:00Z, 1970-01-01T00:00:00Z",
    "HOUR, 2026-11-21T11:59:59.999Z, 2026-11-21T11:00:00Z",
    "HOUR, 2026-11-21T12:00:00Z, 2026-11-21T12:00:00Z",
    "HOUR, 1969-12-31T23:59:59.999Z, 1969-12-31T23:00:00Z",
    "HOUR, 1969-12-31T23:00:00Z, 1969-12-31T23:00:00Z",
    "DAY, 2026-11-21T23:59:59.999Z, 2026-11-21T00:00:00Z",
    "DAY, 2024-02-29T00:00:00Z, 2024-02-29T00:00:00Z",
    "DAY, 1969-12-31T23:59:59.999Z, 1969-12-31T00:00:00Z",
    "DAY, 1969-12-30T23:59:59.999Z, 1969-12-30T00:00:00Z",
  })
  void aBucketStartsWithItsHourOrDayOfUtc(Bucket bucket, Instant time, Instant start) {
    FlowPartition partition =
        row(planner(bucket, 9), flow(time.toEpochMilli(), 1, 2, 3)).partition();
    assertThat(partition.columns()).isEqualTo(4);
    assertThat(partition.column(3).getLong(0)).isEqualTo(start.toEpochMilli());
  }

  @Test
  void theBucketsOfAConversationAreDifferentPartitions() {
    FlowPlanner planner = planner(Bucket.HOUR, 9);
    FlowPartition first = row(planner, flow(0, 1, 2, 3)).partition();
    FlowPartition later = row(planner, flow(3_600_000, 1, 2, 3)).partition();
    FlowPartition again = row(planner, flow(3_599_999, 1, 2, 3)).partition();
    assertThat(later).isNotEqualTo(first);
    assertThat(again).isEqualTo(first).hasSameHashCodeAs(first);
    assertThat(row(planner, flow(1, 1, 2, 3)).partition()).isSameAs(again);
  }

  @Test
  void aTimeBeforeTheFirstBucketIsRejected() {
    assertThat(planner(Bucket.DAY, 9).plan(flow(Long.MIN_VALUE, 1, 2, 3)))
        .isEqualTo(new Plan.Rejected("timestamp lies before the first time_bucket"));
    assertThat(planner(Bucket.NONE, 9).plan(flow(Long.MIN_VALUE, 1, 2, 3)))
        .isInstanceOf(FlowRow.class);
    assertThat(planner(Bucket.DAY, 9).plan(flow(Long.MAX_VALUE, 1, 2, 3)))
        .isInstanceOf(FlowRow.class);
  }

  @Test
  void rowsAreInTheOrderOfTheTable() {
    FlowPlanner planner = planner(Bucket.NONE, 9);
    List<FlowRow> ordered =
        Stream.of(
                flow(Long.MAX_VALUE, 9, 9, 0),
                flow(5, 0, 1, 0),
                flow(5, 0, 2, 0),
                flow(5, 1, 0, 0),
                flow(5, 65_535, 0, 0),
                flow(-5, 0, 0, 0),
                flow(Long.MIN_VALUE, 0, 0, 0))
            .map(flow -> row(planner, flow))
            .toList();
    assertThat(ordered)
        .isSortedAccordingTo(Comparator.comparing(r -> r, FlowRow::compareClusteringKey));
    for (int i = 1; i < ordered.size(); i++) {
      assertThat(ordered.get(i - 1).compareClusteringKey(ordered.get(i))).isNegative();
      assertThat(ordered.get(i).compareClusteringKey(ordered.get(i - 1))).isPositive();
    }
    assertThat(row(planner, flow(5, 0, 1, 1)).compareClusteringKey(ordered.get(1))).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    // offset, record time, the flow's time, write timestamp in microseconds
    "0, 1700000000000, 5, 1700000000000000",
    "1, 1700000000999, 5, 1700000000000001",
    "123456, 1700000000000, 5, 1700000000123456",
    "1000000, 1700000000000, 5, 1700000000000000",
    "7, 1700001000001, 5, 1700001000000007",
    "7, 1700004600000, 5, 1700004600000007",
    "7, 1700087400000, 5, 1700087400000007",
    "7, 1700087401000, 5, 1700087400000007",
    "7, 9223372036854775807, 5, 1700087400000007",
    "7, 0, 5, 7",
    "7, -1, 5000, 5000007",
    "7, -1, -5, 7",
    "7, -1, 9223372036854775807, 1700087400000007",
  })
  void theWriteTimestampIsTheRecordsSecondWithItsOffsetBelowAndAtMostADayAhead(
      long offset, long recordTime, long flowTime, long expected) {
    Flow flow = flow(WEB, flowTime, 1, 2, 3, origin(offset, recordTime));
    assertThat(row(planner(Bucket.NONE, 9), flow).writeTimestamp()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"NONE, 65526", "HOUR, 65515"})
  void keysBeyondCassandrasLimitAreRejectedAndTheLongestAreNot(Bucket bucket, int longest) {
    // Three bytes of length and end mark a column, and eleven for a bucket.
    FlowPlanner planner = planner(bucket, 9);
    assertThat(planner.plan(protocolOf(longest - 2))).isInstanceOf(FlowRow.class);
    Plan rejected = planner.plan(protocolOf(longest - 1));
    assertThat(rejected)
        .isEqualTo(
            new Plan.Rejected(
                "source_ip, dest_ip and protocol make a partition key of 65536 bytes;"
                    + " Cassandra takes at most 65535"));
  }

  @Test
  void aKeyIsMeasuredInBytesAndALongOneIsNotKept() {
    FlowPlanner planner = planner(Bucket.NONE, 9);
    Conversation wide = new Conversation("a", "b", "\u00e9".repeat(300));
    FlowRow first = row(planner, flow(wide, 1, 2, 3, 4, origin(0, NOW)));
    FlowRow second = row(planner, flow(wide, 2, 2, 3, 4, origin(1, NOW)));
    assertThat(first.partition().length()).isEqualTo(611);
    assertThat(second.partition()).isNotSameAs(first.partition()).isEqualTo(first.partition());
  }

  private static Flow protocolOf(int length) {
    return flow(new Conversation("a", "b", "p".repeat(length)), 1, 2, 3, 4, origin(0, NOW));
  }

  private static FlowRow row(FlowPlanner planner, Flow flow) {
    return (FlowRow) planner.plan(flow);
  }

  private static FlowPlanner planner(Bucket bucket, int cacheSize) {
    return new FlowPlanner(
        new FlowPartitionCache(cacheSize, bucket),
        Clock.fixed(Instant.ofEpochMilli(NOW), ZoneOffset.UTC));
  }
}
