package io.datapoints.connect.store.cassandra.kairosdb;

import static io.datapoints.connect.store.cassandra.TestStores.RECORD_TIME;
import static io.datapoints.connect.store.cassandra.TestStores.point;
import static io.datapoints.connect.store.cassandra.TestStores.series;
import static org.assertj.core.api.Assertions.assertThat;

import io.datapoints.connect.kairosdb.format.ColumnUnit;
import io.datapoints.connect.kairosdb.format.RowLayout;
import io.datapoints.connect.kairosdb.format.TtlPolicy;
import io.datapoints.connect.model.DataPoint;
import io.datapoints.connect.model.RecordOrigin;
import io.datapoints.connect.model.Series;
import io.datapoints.connect.model.TtlLimits;
import io.datapoints.connect.model.Value;
import io.datapoints.connect.store.Plan;
import io.datapoints.connect.store.cassandra.kairosdb.index.RowKey;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of a point before anything is sent. */
class KairosPlannerTest {

  private static final long NOW = RECORD_TIME + 1_000_000;

  private final Series series = series("load", "host", "a");

  @Test
  void pointsOfOneRowShareTheirKey() {
    KairosPlanner planner = planner(ColumnUnit.MILLISECONDS, false);
    PointRow first = row(planner, point(series, 1, 1));
    PointRow second = row(planner, point(series("load", "host", "a"), 2, 1));
    PointRow other = row(planner, point(series, 1, new Value.DoubleValue(1), 0, RECORD_TIME));
    assertThat(second.partition()).isSameAs(first.partition());
    assertThat(other.partition()).isNotEqualTo(first.partition());
  }

  @Test
  void aForgottenRowKeyEqualsItsSuccessor() {
    KairosPlanner planner = planner(ColumnUnit.MILLISECONDS, false);
    RowKey before = row(planner, point(series, 1, 1)).partition();
    for (int host = 0; host < 100_000; host++) {
      row(planner, point(series("load", "host", "h" + host), 1, 1));
    }
    RowKey after = row(planner, point(series, 1, 1)).partition();
    assertThat(after).isNotSameAs(before).isEqualTo(before).hasSameHashCodeAs(before);
  }

  @Test
  void columnsCompareAsTheirBytesDo() {
    KairosPlanner planner = planner(ColumnUnit.LEGACY, false);
    PointRow low = row(planner, point(series, 1, 1));
    PointRow high = row(planner, point(series, 1_814_399_999L, 1));
    assertThat(high.column()).isNegative();
    assertThat(low.compareClusteringKey(high)).isNegative();
    assertThat(high.compareClusteringKey(low)).isPositive();
    assertThat(low.compareClusteringKey(row(planner, point(series, 1, 2)))).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    // record time, point time, write timestamp
    "1700000000000, 5, 1700000000000",
    "1700001000001, 5, 1700001000001",
    "1700087400000, 5, 1700087400000",
    "1700087400001, 5, 1700087400000",
    "0, 5, 0",
    "-1, 5, 5",
    "-1, -5, 0",
    "-1, 9223372036854775807, 1700087400000",
    "-1, -9223372036854775808, 0",
  })
  void theWriteTimestampIsTheRecordsOrElseThePointsAndAtMostADayAhead(
      long recordTime, long pointTime, long expected) {
    DataPoint point = point(series, pointTime, new Value.LongValue(1), 0, recordTime);
    assertThat(row(planner(ColumnUnit.MILLISECONDS, false), point).writeTimestamp())
        .isEqualTo(expected);
    assertThat(RecordOrigin.NO_TIMESTAMP).isEqualTo(-1);
  }

  /** What is stored must not depend on which points share a batch. */
  @ParameterizedTest
  @CsvSource({
    // the earlier one's value, life and record time, and the later one's
    "9, 0, 1, 5, 0, 2, true",
    "5, 0, 2, 9, 0, 1, false",
    "5, 0, 1, 9, 0, 1, true",
    "9, 0, 1, 5, 0, 1, false",
    "9, 0, 1, 9, 0, 1, true",
    "9, 0, 1, 5, 60, 1, true",
    "5, 60, 1, 9, 0, 1, false",
    "9, 60, 1, 5, 60, 1, true",
  })
  void ofTwoValuesOfOnePointTheOneStaysThatCassandraWouldKeep(
      long first, int firstLife, long firstTime, long later, int life, long time, boolean wins) {
    KairosPlanner planner = planner(ColumnUnit.MILLISECONDS, false);
    PointRow earlier =
        row(planner, point(series, 0, new Value.LongValue(first), firstLife, firstTime));
    PointRow row = row(planner, point(series, 0, new Value.LongValue(later), life, time));
    assertThat(row.replaces(earlier)).isEqualTo(wins);
  }

  @Test
  void anAlignedLifeThatIsOverExpiresThePoint() {
    KairosPlanner planner = planner(ColumnUnit.MILLISECONDS, true);
    assertThat(planner.plan(point(series, NOW - 10_000, new Value.LongValue(1), 10, NOW)))
        .isEqualTo(Plan.Expired.EXPIRED);
    assertThat(row(planner, point(series, NOW - 9_000, new Value.LongValue(1), 10, NOW)).ttl())
        .isEqualTo(1);
  }

  @Test
  void aLifeThatCassandraRefusesIsRejected() {
    KairosPlanner planner = planner(ColumnUnit.MILLISECONDS, false);
    for (int ttl : List.of(-1, TtlLimits.MAX_SECONDS + 1, TtlLimits.MAX_SECONDS)) {
      assertThat(planner.plan(point(series, 0, new Value.LongValue(1), ttl, NOW)))
          .as("ttl " + ttl)
          .isInstanceOf(Plan.Rejected.class);
    }
  }

  @Test
  void keysBeyondCassandrasLimitAreRejectedAndTheLongestAreNot() {
    KairosPlanner planner = planner(ColumnUnit.MILLISECONDS, false);
    // name, NUL, 8 bytes, NUL, length, kairos_long, "h=a:" against name and 28 in the time index.
    Series longest = series("n".repeat(65_535 - 28), "h", "a");
    assertThat(planner.plan(point(longest, 0, 1))).isInstanceOf(PointRow.class);
    Series tooLong = series("n".repeat(65_535 - 27), "h", "a");
    assertThat(planner.plan(point(tooLong, 0, 1))).isInstanceOf(Plan.Rejected.class);
    Series longTag = series("m", "h", "secret".repeat(11_000));
    Plan rejected = planner.plan(point(longTag, 0, 1));
    assertThat(rejected).isInstanceOf(Plan.Rejected.class);
    assertThat(((Plan.Rejected) rejected).reason()).doesNotContain("secret").contains("65535");
  }

  @Test
  void aTextThatIsTooLongIsRejected() {
    Value text = new Value.StringValue("x".repeat(65_536));
    assertThat(planner(ColumnUnit.MILLISECONDS, false).plan(point(series, 0, text, 0, RECORD_TIME)))
        .isInstanceOf(Plan.Rejected.class);
  }

  private static PointRow row(KairosPlanner planner, DataPoint point) {
    return (PointRow) planner.plan(point);
  }

  private static KairosPlanner planner(ColumnUnit unit, boolean align) {
    RowLayout layout = RowLayout.of(unit);
    return new KairosPlanner(
        layout,
        new TtlPolicy(0, false, align, layout.widthSeconds(), TtlLimits.LAST_EXPIRY_EPOCH_SECONDS),
        new RowKeyCache(Map.of()),
        Clock.fixed(Instant.ofEpochMilli(NOW), ZoneOffset.UTC));
  }
}
