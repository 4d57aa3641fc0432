package io.datapoints.connect.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.datapoints.connect.config.setting.BatchingConfig;
import io.datapoints.connect.config.setting.RetryConfig;
import io.datapoints.connect.metrics.Metric;
import io.datapoints.connect.store.Cause;
import io.datapoints.connect.store.Outcome;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Partitions with few rows share a batch with others of their group, which is a table here. */
class SharedBatchTest {

  private static final int ROW_BYTES = 10;
  private static final long LINGER_MS = 100;
  private static final int IN_FLIGHT = 8;
  private static final long FLUSH_MS = 200;

  private final EngineFixture fixture =
      new EngineFixture(
              batching(Duration.ofMillis(50)),
              new RetryConfig(
                  Duration.ofMillis(10), Duration.ofMillis(1_000), Duration.ofMillis(-1)))
          .started();
  private final ScriptedStore store = fixture.store;
  private long offset;

  SharedBatchTest() {
    store.share(10, 100_000);
  }

  @Test
  void partitionsWithFewRowsShareBatchesUpToTheLimit() {
    putEach("a.", 25);
    fixture.pass(LINGER_MS);
    assertThat(store.attempts).extracting(List::size).containsExactly(10, 10, 5);
    store.answerAll(Outcome.Durable.DURABLE);
    fixture.pass(0);
    assertThat(fixture.committed(0)).isEqualTo(25);
    assertThat(fixture.figure(Metric.BATCHES_WRITTEN_TOTAL)).isEqualTo(3);
    assertThat(fixture.figure(Metric.PARTITIONS_WRITTEN_TOTAL)).isEqualTo(25);
    assertThat(fixture.figure(Metric.ROWS_WRITTEN_TOTAL)).isEqualTo(25);
  }

  @Test
  void aSharedBatchHoldsNoMoreBytesThanTheStoreTakes() {
    store.share(10, 3 * ROW_BYTES);
    putEach("a.", 7);
    fixture.pass(LINGER_MS);
    assertThat(store.attempts).extracting(List::size).containsExactly(3, 3, 1);
  }

  @Test
  void aPartitionWithMoreThanThatGoesAlone() {
    store.share(10, 3 * ROW_BYTES);
    for (int row = 0; row < 4; row++) {
      put("a.many", row);
    }
    putEach("a.", 2);
    fixture.pass(LINGER_MS);
    assertThat(store.attempts).extracting(List::size).containsExactly(4, 2);
  }

  @Test
  void groupsDoNotMix() {
    putEach("a.", 3);
    putEach("b.", 3);
    fixture.pass(LINGER_MS);
    assertThat(store.attempts)
        .extracting(
            rows -> rows.stream().map(row -> row.partition().table()).collect(Collectors.toSet()))
        .hasSize(2)
        .allSatisfy(tables -> assertThat(tables).hasSize(1));
  }

  /** More rows of a partition are still to come: it would lose its own batch for little. */
  @Test
  void rowsThatCameLatelyAreNotTakenAlong() {
    putEach("a.old", 2);
    fixture.pass(LINGER_MS * 2 / 5);
    putEach("a.middle", 2);
    fixture.pass(LINGER_MS * 2 / 5);
    putEach("a.young", 2);
    fixture.pass(LINGER_MS / 5);
    assertThat(store.attempts).extracting(List::size).containsExactly(4);
    store.answerAll(Outcome.Durable.DURABLE);
    store.acceptEverything();
    fixture.engine.flush();
    assertThat(store.attempts).extracting(List::size).containsExactly(4, 2);
  }

  @Test
  void aStoreWithoutGroupsGetsOnePartitionABatch() {
    store.share(1, 0);
    putEach("a.", 3);
    fixture.pass(LINGER_MS);
    assertThat(store.attempts).extracting(List::size).containsExactly(1, 1, 1);
  }

  @Test
  void aRefusedRowCostsNoneOfThoseItSharedABatchWith() {
    store.answerWith(
        rows ->
            rows.stream().anyMatch(row -> row.partition().name().equals("a.3"))
                ? new Outcome.Refused("bad")
                : Outcome.Durable.DURABLE);
    putEach("a.", 10);
    fixture.pass(LINGER_MS);
    passUntilSettled();
    assertThat(fixture.reported.keySet()).containsExactly(3L);
    assertThat(store.contents).hasSize(9).doesNotContainKey("a.3/0");
    assertThat(store.attempts.subList(1, store.attempts.size()))
        .allSatisfy(rows -> assertThat(rows).hasSize(1));
  }

  @Test
  void aDeclinedBatchSaysNothingAgainstAnyOfItsRows() {
    store.answerWith(
        rows ->
            rows.size() > 1 ? new Outcome.Declined(Cause.OTHER, "no") : Outcome.Durable.DURABLE);
    putEach("a.", 10);
    fixture.pass(LINGER_MS);
    passUntilSettled();
    assertThat(fixture.reported).isEmpty();
    assertThat(store.contents).hasSize(10);
  }

  @Test
  void afterAFailureTheRowsOfEachPartitionGoAlone() {
    store.answerWith(
        rows ->
            rows.stream().anyMatch(row -> row.partition().name().equals("a.3"))
                ? ScriptedStore.AWAY
                : Outcome.Durable.DURABLE);
    putEach("a.", 10);
    fixture.pass(LINGER_MS);
    for (int i = 0; i < 10; i++) {
      fixture.pass(20);
    }
    assertThat(store.contents).hasSize(9).doesNotContainKey("a.3/0");
    assertThat(fixture.reported).isEmpty();
    store.acceptEverything();
    passUntilSettled();
    assertThat(fixture.committed(0)).isEqualTo(10);
  }

  @Test
  void rowsOfASharedBatchThatFareDifferentlyGoTheirOwnWays() {
    putEach("a.", 3);
    fixture.pass(LINGER_MS);
    store.answerAll(
        new Outcome.Mixed(
            List.of(Outcome.Durable.DURABLE, new Outcome.Refused("bad"), ScriptedStore.AWAY)));
    store.acceptEverything();
    passUntilSettled();
    assertThat(fixture.reported.keySet()).containsExactly(1L);
    assertThat(store.contents).containsOnlyKeys("a.0/0", "a.2/0");
    assertThat(fixture.committed(0)).isEqualTo(3);
  }

  /** Each attempt at what a frozen node holds lasts until it times out, repetitions included. */
  @Test
  void repetitionsThatTimeOutLeaveRoomForOthers() {
    long timeout = 3_000;
    long step = 20;
    store.answerWith(rows -> isDead(rows) ? null : Outcome.Durable.DURABLE);
    putEach("dead.", 500);
    IdentityHashMap<ScriptedStore.Attempt, Long> begun = new IdentityHashMap<>();
    int alive = 0;
    for (long now = 0; now < 20 * timeout; now += step) {
      put("alive." + alive, 0);
      put("dead.more." + alive++, 0);
      fixture.endPoll();
      fixture.pass(step);
      for (ScriptedStore.Attempt attempt : List.copyOf(store.unanswered)) {
        begun.putIfAbsent(attempt, now);
        if (now - begun.getOrDefault(attempt, now) >= timeout) {
          store.unanswered.remove(attempt);
          store.answer(attempt, ScriptedStore.AWAY);
        }
      }
      assertThat(alive - store.contents.size())
          .as("neighbours that wait after %d ms", now)
          .isLessThanOrEqualTo((int) (4 * LINGER_MS / step));
    }
  }

  /** A frozen node is given batches until the first of them times out, and the last does later. */
  @Test
  void theFirstTimeoutsOfAGroupLeaveRoomForOthers() {
    store.answerWith(rows -> isDead(rows) ? null : Outcome.Durable.DURABLE);
    putEach("dead.", 10 * (IN_FLIGHT / 2 - 1));
    fixture.pass(LINGER_MS);
    putEach("dead.last.", 10);
    fixture.pass(LINGER_MS);
    assertThat(store.unanswered).hasSize(IN_FLIGHT / 2);
    List<ScriptedStore.Attempt> first = List.copyOf(store.unanswered.subList(0, IN_FLIGHT / 2 - 1));
    store.unanswered.removeAll(first);
    first.forEach(attempt -> store.answer(attempt, ScriptedStore.AWAY));
    putEach("alive.", 100);
    fixture.pass(LINGER_MS);
    for (int i = 0; i < 20; i++) {
      fixture.pass(1);
    }
    assertThat(store.contents).hasSize(100);
  }

  /**
   * It works on one batch after the other, on those too that nobody waits for any more: were it
   * given as many as may be under way, it would answer none of them in time.
   */
  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void anOverloadedStoreIsGivenLess(int groups) {
    long service = 600;
    long timeout = 3_000;
    long end = 300_000;
    long step = 20;
    Queue<ScriptedStore.Attempt> work = new ArrayDeque<>();
    IdentityHashMap<ScriptedStore.Attempt, Long> begun = new IdentityHashMap<>();
    long busy = 0;
    int answered = 0;
    int failed = 0;
    for (long now = 0; now < end; now += step) {
      while (fixture.figure(Metric.ROWS_BUFFERED) < 1_000) {
        put("g" + offset % groups + "." + offset % 5_000, offset);
        fixture.endPoll();
      }
      fixture.pass(step);
      for (ScriptedStore.Attempt attempt : List.copyOf(store.unanswered)) {
        if (begun.putIfAbsent(attempt, now) == null) {
          work.add(attempt);
        } else if (now - begun.getOrDefault(attempt, now) >= timeout) {
          store.unanswered.remove(attempt);
          store.answer(attempt, ScriptedStore.AWAY);
          failed += now > end / 2 ? 1 : 0;
        }
      }
      busy = work.isEmpty() ? 0 : busy + step;
      if (busy >= service) {
        busy = 0;
        ScriptedStore.Attempt done = work.remove();
        if (store.unanswered.remove(done)) {
          store.answer(done, Outcome.Durable.DURABLE);
          answered += now > end / 2 ? 1 : 0;
        }
      }
    }
    assertThat(answered).isGreaterThan(failed);
  }

  @Test
  void aPartitionIsNotSharedWhileABatchOfItIsUnderWay() {
    putEach("a.", 2);
    fixture.pass(LINGER_MS);
    put("a.0", 1);
    put("a.9", 1);
    fixture.pass(LINGER_MS);
    assertThat(store.attempts).extracting(List::size).containsExactly(2, 1);
    store.answerAll(Outcome.Durable.DURABLE);
    store.acceptEverything();
    passUntilSettled();
    assertThat(store.contents).containsKeys("a.0/0", "a.0/1", "a.9/1");
  }

  /** A node that is frozen answers nothing, and others are not to wait for it. */
  @Test
  void aGroupThatDoesNotAnswerLeavesRoomForOthers() {
    store.share(1 + 1, 100_000);
    store.answerWith(rows -> isDead(rows) ? null : Outcome.Durable.DURABLE);
    putEach("dead.", 100);
    putEach("alive.", 100);
    fixture.pass(LINGER_MS);
    for (int i = 0; i < 60; i++) {
      fixture.pass(1);
    }
    assertThat(store.contents).hasSize(100);
    assertThat(store.unanswered).hasSize(IN_FLIGHT / 2);
    assertThat(fixture.engine.idleMillis()).as("an answer makes room for more").isEqualTo(2);
  }

  @Test
  void aGroupThatIsAwayIsTriedByOneBatchAtATimeAndNoOtherWaitsForIt() {
    store.answerWith(rows -> isDead(rows) ? ScriptedStore.AWAY : Outcome.Durable.DURABLE);
    putEach("dead.", 1_000);
    putEach("alive.", 1_000);
    fixture.pass(LINGER_MS);
    for (int i = 0; i < 200; i++) {
      fixture.pass(1);
    }
    assertThat(store.contents).hasSize(1_000);
    int before = store.attempts.size();
    for (int i = 0; i < 600; i++) {
      fixture.pass(100);
    }
    assertThat(store.attempts.size() - before).as("attempts in a minute").isBetween(30, 200);
    store.acceptEverything();
    passUntilSettled();
    assertThat(store.contents).hasSize(2_000);
    assertThat(fixture.reported).isEmpty();
    assertThat(fixture.committed(0)).isEqualTo(2_000);
  }

  /** Meanwhile nothing is taken for the part that answers. */
  @Test
  @Timeout(60)
  void aFlushWaitsForAQuarterOfItsTimeForWhatFailedBefore() {
    EngineFixture patient =
        new EngineFixture(batching(Duration.ofSeconds(40)), EngineFixture.RETRY).started();
    patient.store.answerWith(rows -> isDead(rows) ? ScriptedStore.AWAY : Outcome.Durable.DURABLE);
    patient.put(0, 0, "dead.0", 0);
    patient.endPoll();
    patient.pass(LINGER_MS);
    patient.store.answerWith(rows -> isDead(rows) ? null : Outcome.Durable.DURABLE);
    patient.put(0, 1, "alive.0", 0);
    // A quarter of the time is over once the flush has begun.
    AtomicInteger looks = new AtomicInteger();
    patient.clock = () -> looks.incrementAndGet() <= 2 ? patient.now : patient.now + 10_000;
    patient.engine.flush();
    assertThat(patient.store.contents).containsOnlyKeys("alive.0/0");
  }

  /**
   * What is sent lately may lie where the store does not answer, and nothing is known of it yet.
   */
  @Test
  void aFlushWaitsForAQuarterOfItsTimeForTheNextAnswer() {
    assertThat(flushed(rows -> isDead(rows) ? null : Outcome.Durable.DURABLE))
        .isBetween(FLUSH_MS / 4, FLUSH_MS / 2);
  }

  /** Nothing is held up by waiting for a store that is slow for all. */
  @Test
  void aFlushWaitsAllItsTimeForAStoreThatAnswersNothing() {
    assertThat(flushed(rows -> null)).isGreaterThanOrEqualTo(FLUSH_MS);
  }

  /**
   * The time that a flush takes of a partition in each of two groups.
   *
   * @param answer to each batch
   */
  private static long flushed(Function<List<ScriptedStore.TestRow>, Outcome> answer) {
    EngineFixture flushing =
        new EngineFixture(batching(Duration.ofMillis(FLUSH_MS)), EngineFixture.RETRY).started();
    flushing.store.share(10, 100_000);
    flushing.store.answerWith(answer);
    flushing.put(0, 0, "dead.0", 0);
    flushing.put(0, 1, "alive.0", 0);
    flushing.endPoll();
    long begin = flushing.now;
    // Each look takes a millisecond.
    flushing.clock = () -> ++flushing.now;
    flushing.engine.flush();
    return flushing.now - begin;
  }

  private static boolean isDead(List<ScriptedStore.TestRow> rows) {
    return rows.get(0).partition().name().startsWith("dead");
  }

  private static BatchingConfig batching(Duration flushTimeout) {
    return new BatchingConfig(
        50, 100_000, Duration.ofMillis(LINGER_MS), 10_000, 10_000_000, IN_FLIGHT, flushTimeout);
  }

  private void putEach(String prefix, int partitions) {
    for (int partition = 0; partition < partitions; partition++) {
      put(prefix + partition, 0);
    }
    fixture.endPoll();
  }

  private void put(String partition, long key) {
    fixture.put(0, offset++, partition, key);
  }

  private void passUntilSettled() {
    for (int i = 0; i < 2_000 && fixture.figure(Metric.ROWS_BUFFERED) > 0; i++) {
      fixture.pass(20);
    }
    fixture.pass(0);
  }
}
