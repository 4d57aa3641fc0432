package io.datapoints.connect.store.cassandra.kairosdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.datapoints.connect.kairosdb.format.ColumnUnit;
import io.datapoints.connect.kairosdb.format.RowLayout;
import io.datapoints.connect.kairosdb.format.TtlPolicy;
import io.datapoints.connect.model.TtlLimits;
import io.datapoints.connect.store.cassandra.TestStores;
import io.datapoints.connect.store.cassandra.kairosdb.IndexEntry.Demand;
import io.datapoints.connect.store.cassandra.kairosdb.IndexEntry.Mark;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When an index entry is written again, and with which life and timestamp. */
class IndexEntryTest {

  private static final long NOW = 1_700_000_000_000L;
  private static final long HOUR = 3_600_000;
  private static final long FOREVER = Demand.FOREVER;
  private static final long NEVER_REFRESH = Long.MAX_VALUE;

  private final IndexEntry entry = new IndexEntry();

  @Test
  void anUnknownEntryIsDueAndWrittenWithThePresent() {
    Demand demand = new Demand(NOW, NOW + 5000, NOW + HOUR);
    assertThat(entry.due(demand, NEVER_REFRESH)).isTrue();
    assertThat(entry.next(demand)).isEqualTo(new Mark(NOW, NOW + HOUR, NOW));
  }

  @Test
  void aKnownEntryIsNotDueUntilItsAgeIsReached() {
    entry.acknowledge(new Mark(NOW, FOREVER, 7));
    assertThat(entry.due(new Demand(NOW + HOUR - 1, FOREVER, FOREVER), HOUR)).isFalse();
    assertThat(entry.due(new Demand(NOW + HOUR, FOREVER, FOREVER), HOUR)).isTrue();
  }

  @Test
  void aLongerLifeIsWrittenWithALaterTimestamp() {
    entry.acknowledge(entry.next(new Demand(NOW, NOW, NOW + HOUR)));
    Demand demand = new Demand(NOW, NOW + 2 * HOUR, NOW + 9 * HOUR);
    assertThat(entry.due(demand, NEVER_REFRESH)).isTrue();
    assertThat(entry.next(demand)).isEqualTo(new Mark(NOW, NOW + 9 * HOUR, NOW + 1));
  }

  @Test
  void aShorterLifeNeverReplacesALongerOne() {
    entry.next(new Demand(NOW, FOREVER, FOREVER));
    Mark next = entry.next(new Demand(NOW + HOUR, NOW + 2 * HOUR, NOW + 9 * HOUR));
    assertThat(next).isEqualTo(new Mark(NOW + HOUR, FOREVER, NOW + HOUR));
    assertThat(next.ttl()).isZero();
  }

  @Test
  void ofTwoWritesUnderWayTheOneInForceHasTheLongestLife() {
    Mark longer = entry.next(new Demand(NOW, NOW + 9 * HOUR, NOW + 9 * HOUR));
    Mark later = entry.next(new Demand(NOW, NOW + HOUR, NOW + HOUR));
    assertThat(later.timestamp()).isGreaterThan(longer.timestamp());
    assertThat(later.expiresAt()).isEqualTo(NOW + 9 * HOUR);
    entry.acknowledge(later);
    entry.acknowledge(longer);
    assertThat(entry.due(new Demand(NOW + HOUR, 0, 0), HOUR + 1)).isFalse();
  }

  @Test
  void aRowWrittenOnceMoreKeepsItsLife() {
    entry.next(new Demand(NOW, NOW + HOUR, NOW + HOUR));
    assertThat(entry.livesAt(NOW + HOUR - 1)).isTrue();
    assertThat(entry.again(NOW + 5)).isEqualTo(new Mark(NOW + 5, NOW + HOUR, NOW + 5));
    assertThat(entry.livesAt(NOW + HOUR)).isFalse();
  }

  @Test
  void aLifeThatTheServerCapsIsNotWrittenWithEveryBatch() {
    entry.acknowledge(new Mark(NOW, NOW + 10 * HOUR, 100));
    Demand barelyLonger = new Demand(NOW + 1000, NOW + 10 * HOUR + 1000, NOW + 10 * HOUR + 1000);
    assertThat(entry.due(barelyLonger, NEVER_REFRESH)).isFalse();
  }

  @Test
  void secondsToLiveAreRoundedUp() {
    assertThat(new Mark(NOW, NOW + 1001, 0).ttl()).isEqualTo(2);
    assertThat(new Mark(NOW, NOW + 1000, 0).ttl()).isEqualTo(1);
  }

  @Test
  void theDemandOfABatchIsThatOfItsMostDemandingPoint() {
    RowLayout layout = RowLayout.of(ColumnUnit.MILLISECONDS);
    TtlPolicy policy =
        new TtlPolicy(0, false, false, layout.widthSeconds(), TtlLimits.LAST_EXPIRY_EPOCH_SECONDS);
    PointRow brief = row(10, 3);
    PointRow longer = row(20, 2);
    PointRow eternal = row(0, 1);
    assertThat(Demand.of(List.of(brief, longer), policy, NOW))
        .isEqualTo(new Demand(NOW, NOW + 20_000, NOW + (20L + layout.widthSeconds()) * 1000));
    assertThat(Demand.of(List.of(eternal, longer), policy, NOW))
        .isEqualTo(new Demand(NOW, FOREVER, FOREVER));
  }

  private static PointRow row(int ttl, long timestamp) {
    RowKey key =
        new RowKey(
            new byte[] {1},
            TestStores.series("m", "h", "a"),
            new RowKey.RowTime("m", 0, new IndexEntry(), new IndexEntry()),
            "kairos_long");
    return new PointRow(key, 0, new byte[] {0}, ttl, timestamp);
  }
}
