package io.datapoints.connect.store.cassandra.kairosdb.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.datapoints.connect.kairosdb.format.ColumnUnit;
import io.datapoints.connect.kairosdb.format.RowLayout;
import io.datapoints.connect.kairosdb.format.TtlPolicy;
import io.datapoints.connect.model.TtlLimits;
import io.datapoints.connect.store.cassandra.kairosdb.index.IndexEntry.Mark;
import org.junit.jupiter.api.Test;

/** When an index entry is written again, and with which life and timestamp. */
class DemandTest {

  private static final long NOW = 1_700_000_000_000L;
  private static final long HOUR = 3_600_000;
  private static final long FOREVER = Demand.FOREVER;
  private static final long NEVER_REFRESH = Long.MAX_VALUE;

  @Test
  void anUnknownEntryIsDueAndWrittenWithThePresent() {
    Demand demand = new Demand(NOW, NOW + 5000, NOW + HOUR);
    assertThat(demand.isMetBy(KnownEntries.UNKNOWN, NEVER_REFRESH)).isFalse();
    assertThat(demand.next(NOW + 1, KnownEntries.UNKNOWN))
        .isEqualTo(new Mark(NOW + 1, NOW + HOUR, NOW + 1));
  }

  @Test
  void aKnownEntryIsNotDueUntilItsAgeIsReached() {
    long known = new Mark(NOW, FOREVER, NOW).packed();
    assertThat(new Demand(NOW + HOUR - 1, FOREVER, FOREVER).isMetBy(known, HOUR)).isTrue();
    assertThat(new Demand(NOW + HOUR, FOREVER, FOREVER).isMetBy(known, HOUR)).isFalse();
  }

  @Test
  void aLongerLifeIsWrittenWithALaterTimestamp() {
    long known = new Mark(NOW, NOW + HOUR, NOW).packed();
    Demand demand = new Demand(NOW, NOW + 2 * HOUR, NOW + 9 * HOUR);
    assertThat(demand.isMetBy(known, NEVER_REFRESH)).isFalse();
    assertThat(demand.next(NOW, known)).isEqualTo(new Mark(NOW, NOW + 9 * HOUR, NOW + 1));
  }

  /** What is known counts in seconds. */
  @Test
  void theTimestampIsLaterThanThatOfTheWriteBeforeWithinASecondToo() {
    Demand demand = new Demand(NOW, NOW, NOW);
    for (long before = NOW - 1500; before < NOW + 1500; before += 100) {
      Mark mark = demand.next(NOW, new Mark(before, NOW, before).packed());
      assertThat(mark.timestamp()).isGreaterThan(before).isLessThanOrEqualTo(NOW + 2001);
    }
  }

  @Test
  void aShorterLifeNeverReplacesALongerOne() {
    long known = new Mark(NOW, FOREVER, NOW).packed();
    Mark next = new Demand(NOW + HOUR, NOW + 2 * HOUR, NOW + 9 * HOUR).next(NOW + HOUR, known);
    assertThat(next).isEqualTo(new Mark(NOW + HOUR, FOREVER, NOW + HOUR));
    assertThat(next.ttl()).isZero();
  }

  @Test
  void aRowWrittenOnceMoreKeepsItsLife() {
    long known = new Mark(NOW, NOW + HOUR, NOW).packed();
    long later = NOW + 5000;
    assertThat(new Demand(later, later, later).next(later, known))
        .isEqualTo(new Mark(later, NOW + HOUR, later));
  }

  @Test
  void aLifeThatTheServerCapsIsNotWrittenWithEveryBatch() {
    long known = new Mark(NOW, NOW + 10 * HOUR, 100).packed();
    Demand barelyLonger = new Demand(NOW + 1000, NOW + 10 * HOUR + 1000, NOW + 10 * HOUR + 1000);
    assertThat(barelyLonger.isMetBy(known, NEVER_REFRESH)).isTrue();
  }

  @Test
  void theDemandOfTwoIsThatOfTheLongerLifeAndTheLaterTime() {
    assertThat(new Demand(5, 20, 30).and(new Demand(6, 10, 40))).isEqualTo(new Demand(6, 20, 40));
  }

  @Test
  void secondsToLiveAreRoundedUp() {
    assertThat(new Mark(NOW, NOW + 1001, 0).ttl()).isEqualTo(2);
    assertThat(new Mark(NOW, NOW + 1000, 0).ttl()).isEqualTo(1);
  }

  @Test
  void aPackedMarkKeepsItsSeconds() {
    for (long expiry : new long[] {NOW + 1000, 4_294_967_294_000L, FOREVER}) {
      long packed = new Mark(NOW, expiry, NOW).packed();
      assertThat(Mark.writtenAt(packed)).isEqualTo(NOW);
      assertThat(Mark.expiresAt(packed)).isEqualTo(expiry);
    }
    assertThat(Mark.expiresAt(new Mark(NOW, Long.MAX_VALUE - 1000, NOW).packed()))
        .isEqualTo(4_294_967_294_000L);
    assertThat(new Mark(0, 0, 0).packed()).isNotEqualTo(KnownEntries.UNKNOWN);
  }

  @Test
  void theDemandOfPointsIsThatOfTheOneThatLivesLongest() {
    RowLayout layout = RowLayout.of(ColumnUnit.MILLISECONDS);
    TtlPolicy policy =
        new TtlPolicy(0, false, false, layout.widthSeconds(), TtlLimits.LAST_EXPIRY_EPOCH_SECONDS);
    assertThat(Demand.longer(10, 20)).isEqualTo(20);
    assertThat(Demand.longer(0, 20)).isZero();
    assertThat(Demand.longer(20, 0)).isZero();
    assertThat(Demand.of(20, policy, NOW))
        .isEqualTo(new Demand(NOW, NOW + 20_000, NOW + (20L + layout.widthSeconds()) * 1000));
    assertThat(Demand.of(0, policy, NOW)).isEqualTo(new Demand(NOW, FOREVER, FOREVER));
  }
}
