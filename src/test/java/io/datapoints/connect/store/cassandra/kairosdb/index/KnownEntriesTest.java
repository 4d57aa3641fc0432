package io.datapoints.connect.store.cassandra.kairosdb.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.datapoints.connect.model.SipHash;
import io.datapoints.connect.model.SipHash.Fingerprint;
import io.datapoints.connect.store.cassandra.kairosdb.index.IndexEntry.Mark;
import org.junit.jupiter.api.Test;

/** What is remembered, in how much memory, and what is forgotten. */
class KnownEntriesTest {

  private static final long NOW = 1_700_000_000_000L;
  private static final long MIB = 1024 * 1024;

  @Test
  void whatIsNotedIsKnown() {
    KnownEntries known = new KnownEntries(MIB);
    assertThat(known.mark(entry(1))).isEqualTo(KnownEntries.UNKNOWN);
    known.note(entry(1), mark(1));
    assertThat(known.mark(entry(1))).isEqualTo(mark(1));
    assertThat(known.mark(entry(2))).isEqualTo(KnownEntries.UNKNOWN);
  }

  @Test
  void ofTwoWritesTheLaterCountsInWhicheverOrderTheyAreAcknowledged() {
    KnownEntries known = new KnownEntries(MIB);
    known.note(entry(1), mark(5));
    known.note(entry(1), mark(3));
    assertThat(known.mark(entry(1))).isEqualTo(mark(5));
    known.note(entry(1), mark(6));
    assertThat(known.mark(entry(1))).isEqualTo(mark(6));
    assertThat(known.size()).isEqualTo(1);
  }

  @Test
  void itBeginsSmallAndTakesMemoryAsEntriesCome() {
    KnownEntries known = new KnownEntries(32 * MIB);
    assertThat(known.bytes()).isLessThan(32 * 1024);
    for (int i = 0; i < 100_000; i++) {
      known.note(entry(i), mark(i));
    }
    assertThat(known.bytes()).isBetween(24 * 100_000L, 41 * 100_000L);
    int forgotten = 0;
    for (int i = 0; i < 100_000; i++) {
      forgotten += known.mark(entry(i)) == mark(i) ? 0 : 1;
    }
    assertThat(forgotten).isZero();
    assertThat(known.size()).isEqualTo(100_000);
  }

  @Test
  void theDefaultHoldsAMillion() {
    KnownEntries known = new KnownEntries(32 * MIB);
    int count = 1_000_000;
    for (int i = 0; i < count; i++) {
      known.note(entry(i), mark(i));
    }
    int forgotten = 0;
    for (int i = 0; i < count; i++) {
      forgotten += known.mark(entry(i)) == mark(i) ? 0 : 1;
    }
    assertThat(forgotten).isZero();
    assertThat(known.bytes()).isLessThanOrEqualTo(32 * MIB);
  }

  /** Else half as many again would take as much memory as they may. */
  @Test
  void fiveSixthsOfItAreUsed() {
    KnownEntries known = new KnownEntries(4 * MIB);
    int count = (int) (4 * MIB / 24 * 5 / 6);
    for (int i = 0; i < count; i++) {
      known.note(entry(i), mark(i));
    }
    for (int i = 0; i < count; i++) {
      assertThat(known.mark(entry(i))).isEqualTo(mark(i));
    }
    assertThat(known.size()).isEqualTo(count);
  }

  @Test
  void beyondItsMemoryItForgetsWhatWasWrittenFirst() {
    KnownEntries known = new KnownEntries(MIB);
    int slots = (int) (MIB / 24);
    for (int i = 0; i < 4 * slots; i++) {
      known.note(entry(i), mark(i));
    }
    assertThat(known.bytes()).isLessThanOrEqualTo(MIB);
    assertThat(known.size()).isLessThanOrEqualTo(slots);
    int late = 0;
    for (int i = 4 * slots - slots / 2; i < 4 * slots; i++) {
      late += known.mark(entry(i)) == mark(i) ? 1 : 0;
    }
    assertThat(late).as("of the last").isGreaterThan(slots / 2 * 99 / 100);
    int early = 0;
    for (int i = 0; i < 2 * slots; i++) {
      early += known.mark(entry(i)) == KnownEntries.UNKNOWN ? 0 : 1;
    }
    assertThat(early).as("of the first").isLessThan(slots / 100);
  }

  @Test
  void theLeastMemoryHoldsSomethingToo() {
    KnownEntries known = new KnownEntries(1);
    for (int i = 0; i < 100; i++) {
      known.note(entry(i), mark(i));
      assertThat(known.mark(entry(i))).isEqualTo(mark(i));
    }
    assertThat(known.size()).isEqualTo(8);
  }

  private static Fingerprint entry(int number) {
    return new SipHash().add(number).toFingerprint();
  }

  private static long mark(int second) {
    return new Mark(NOW + second * 1000L, Demand.FOREVER, NOW + second * 1000L).packed();
  }
}
