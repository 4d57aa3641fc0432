package io.datapoints.connect.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datapoints.connect.config.setting.BatchingConfig;
import io.datapoints.connect.config.setting.RetryConfig;
import io.datapoints.connect.delivery.ScriptedStore.TestRow;
import io.datapoints.connect.metrics.Metric;
import io.datapoints.connect.model.Rule;
import io.datapoints.connect.store.Cause;
import io.datapoints.connect.store.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.apache.kafka.connect.errors.ConnectException;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeliveryEngineTest {

  private static final Outcome DURABLE = Outcome.Durable.DURABLE;
  private static final Outcome DECLINED = new Outcome.Declined(Cause.OTHER, "error 17262");
  private static final Outcome REFUSED = new Outcome.Refused("too large");

  private final EngineFixture fixture = new EngineFixture().started();
  private final ScriptedStore store = fixture.store;
  private final DeliveryEngine engine = fixture.engine;

  @Test
  void rowsOfOnePartitionTravelTogetherWhenTheyMakeABatch() {
    for (int offset = 0; offset < 3; offset++) {
      fixture.put(0, offset, "a", offset);
      fixture.put(0, 10 + offset, "b", offset);
    }
    fixture.endPoll();
    assertThat(store.attempts).isEmpty();

    fixture.put(0, 20, "a", 3);
    fixture.endPoll();
    assertThat(store.attempts).hasSize(1);
    assertThat(store.attempts.get(0)).extracting(TestRow::key).containsExactly(0L, 1L, 2L, 3L);
  }

  @Test
  void aRowWaitsForCompanyNoLongerThanTheLinger() {
    fixture.put(0, 0, "a", 0);
    fixture.endPoll();
    fixture.pass(99);
    assertThat(store.attempts).isEmpty();
    assertThat(engine.idleMillis()).isLessThanOrEqualTo(2);
    fixture.pass(1);
    assertThat(store.attempts).hasSize(1);
  }

  @Test
  void nothingIsCommittedBeforeItIsAcknowledged() {
    fixture.put(0, 7, "a", 0);
    fixture.put(0, 9, "b", 0);
    fixture.endPoll();
    fixture.pass(100);
    assertThat(fixture.committed(0)).isEqualTo(7);

    store.answer(store.unanswered.remove(1), DURABLE);
    fixture.pass(1);
    assertThat(fixture.committed(0)).isEqualTo(7);

    store.answerAll(DURABLE);
    fixture.pass(1);
    assertThat(fixture.committed(0)).isEqualTo(10);
  }

  @Test
  void aPartitionOfWhichNothingCameIsNotCommitted() {
    assertThat(engine.durableOffsets(Map.of())).isEmpty();
  }

  @Test
  void laterPollsDoNotOvertakeAnEarlierOne() {
    fixture.put(0, 0, "a", 0);
    fixture.endPoll();
    fixture.put(0, 1, "b", 0);
    fixture.endPoll();
    fixture.pass(100);
    store.answer(store.unanswered.remove(1), DURABLE);
    fixture.pass(1);
    assertThat(store.contents).containsKey("b/0");
    assertThat(fixture.committed(0)).isZero();
  }

  @Test
  void aTopicThatBeginsAnewIsFollowed() {
    store.acceptEverything();
    fixture.put(0, 1_000, "a", 0);
    fixture.endPoll();
    engine.flush();
    assertThat(fixture.committed(0)).isEqualTo(1_001);

    fixture.put(0, 0, "a", 1);
    fixture.endPoll();
    assertThat(fixture.committed(0)).isZero();
    engine.flush();
    assertThat(store.contents).containsKey("a/1");
    assertThat(fixture.committed(0)).isEqualTo(1);
  }

  @Test
  void onlyOneBatchOfAPartitionIsUnderWay() {
    for (int offset = 0; offset < 12; offset++) {
      fixture.put(0, offset, "a", offset);
    }
    fixture.endPoll();
    assertThat(store.unanswered).hasSize(1);
    store.answerAll(DURABLE);
    fixture.pass(1);
    assertThat(store.unanswered).hasSize(1);
    assertThat(store.attempts).hasSize(2);
  }

  /** Connect would poll until its next commit, and nobody would see that the rows are durable. */
  @Test
  void anAcknowledgementIsLookedForSoonThoughNothingElseIsToBeDone() {
    fixture.put(0, 0, "a", 0);
    fixture.endPoll();
    fixture.pass(100);
    assertThat(store.unanswered).hasSize(1);
    assertThat(engine.idleMillis()).isBetween(100L, 500L);
    store.answerAll(DURABLE);
    fixture.pass(0);
    assertThat(engine.idleMillis()).as("nothing is under way").isNegative();
  }

  @Test
  void anAcknowledgementDoesNotWaitForTheLingerOfOtherRows() {
    BatchingConfig lingering =
        new BatchingConfig(
            2, 1_000, Duration.ofSeconds(60), 40, 1_000_000, 3, Duration.ofMillis(50));
    EngineFixture slow = new EngineFixture(lingering, EngineFixture.RETRY).started();
    slow.put(0, 0, "a", 0);
    slow.put(0, 1, "a", 1);
    slow.put(0, 2, "b", 0);
    slow.endPoll();
    assertThat(slow.store.unanswered).hasSize(1);
    assertThat(slow.engine.idleMillis()).isBetween(100L, 500L);
  }

  @Test
  void noMoreBatchesAreUnderWayThanAllowed() {
    for (int offset = 0; offset < 5; offset++) {
      fixture.put(0, offset, "s" + offset, 0);
    }
    fixture.endPoll();
    fixture.pass(100);
    assertThat(store.unanswered).hasSize(3);
    assertThat(engine.idleMillis()).isLessThanOrEqualTo(2);
  }

  @Test
  void theLastRowOfAKeyWinsAndItsPredecessorIsDoneWithIt() {
    fixture.put(0, 0, "a", 5);
    fixture.put(1, 0, "a", 4);
    fixture.put(0, 1, "a", 5);
    fixture.endPoll();
    fixture.pass(100);
    assertThat(store.attempts.get(0)).extracting(TestRow::value).containsExactly(0L, 1L);
    assertThat(fixture.committed(0)).isZero();
    store.answerAll(DURABLE);
    fixture.pass(1);
    assertThat(fixture.committed(0)).isEqualTo(2);
    assertThat(fixture.figure(Metric.ROWS_BUFFERED)).isZero();
  }

  @Test
  void aNewRowDoesNotOvertakeAnOlderOneOfItsKeyThatIsRetried() {
    fixture.put(0, 0, "a", 5);
    fixture.endPoll();
    fixture.pass(100);
    fixture.put(0, 1, "a", 5);
    store.answerAll(ScriptedStore.AWAY);
    fixture.endPoll();
    store.acceptEverything();
    fixture.pass(2_000);
    engine.flush();
    assertThat(store.contents).containsEntry("a/5", 1L);
    assertThat(fixture.committed(0)).isEqualTo(2);
  }

  @Test
  void anOutageReportsNothingAndIsOverByItself() {
    store.answerWith(rows -> ScriptedStore.AWAY);
    for (int offset = 0; offset < 8; offset++) {
      fixture.put(0, offset, "s" + offset % 3, offset);
    }
    fixture.endPoll();
    for (int i = 0; i < 6_000; i++) {
      fixture.pass(10);
      assertThatCode(engine::throwFailure).doesNotThrowAnyException();
    }
    assertThat(fixture.committed(0)).isZero();
    assertThat(fixture.figure(Metric.STORE_UNAVAILABLE_MS)).isNotNegative();
    assertThat(store.attempts).as("attempts in a minute").hasSizeBetween(30, 200);

    store.acceptEverything();
    // The first batches after an outage are small ones.
    for (int i = 0; i < 6; i++) {
      fixture.pass(1_000);
    }
    fixture.pass(0);
    assertThat(fixture.committed(0)).isEqualTo(8);
    assertThat(fixture.reported).isEmpty();
    assertThat(store.contents).hasSize(8);
  }

  @Test
  void whatCanBeWrittenDoesNotWaitForThePartThatIsAway() {
    EngineFixture fixture = partlyAway(900);
    // Some three batches at a time, a millisecond each, of which one and a half can be written.
    for (int i = 0; i < 600; i++) {
      fixture.pass(1);
    }
    assertThat(fixture.store.contents).hasSize(600);
    assertThat(fixture.committed(0)).isZero();

    fixture.store.acceptEverything();
    for (int i = 0; i < 1_000; i++) {
      fixture.pass(100);
    }
    assertThat(fixture.store.contents).hasSize(900);
    assertThat(fixture.committed(0)).isEqualTo(900);
  }

  @Test
  void thePartThatIsAwayIsAskedSeldomAndDelaysNoRowThatComesLater() {
    EngineFixture fixture = partlyAway(300);
    for (int i = 0; i < 1_000; i++) {
      fixture.pass(10);
    }
    assertThat(fixture.store.contents).hasSize(200);
    int first = fixture.store.attempts.size();
    for (int i = 0; i < 6_000; i++) {
      fixture.pass(10);
    }
    int before = fixture.store.attempts.size();
    assertThat(before - first).as("attempts in a minute").isBetween(50, 150);
    for (int i = 0; i < 60; i++) {
      fixture.put(0, 300 + i, "alive", i);
      fixture.endPoll();
      fixture.pass(100);
      assertThat(fixture.store.contents).containsKey("alive/" + i);
      for (int j = 0; j < 90; j++) {
        fixture.pass(10);
      }
    }
    assertThat(fixture.store.attempts.size() - before)
        .as("attempts in another minute, with an answer every second")
        .isLessThan(600);
  }

  /** An engine that was given a row for each of so many partitions, every third of them away. */
  private static EngineFixture partlyAway(int partitions) {
    RetryConfig retry =
        new RetryConfig(Duration.ofMillis(100), Duration.ofMillis(1_000), Duration.ofMillis(-1));
    EngineFixture fixture = new EngineFixture(batchesOf(4), retry).started();
    fixture.store.answerWith(
        rows ->
            rows.get(0).partition().name().startsWith("dead")
                ? ScriptedStore.AWAY
                : Outcome.Durable.DURABLE);
    for (int i = 0; i < partitions; i++) {
      fixture.put(0, i, (i % 3 == 0 ? "dead" : "alive") + i, i);
    }
    fixture.endPoll();
    fixture.pass(100);
    return fixture;
  }

  /** So slow that it answers small batches only: the same large one again would never end. */
  @Test
  void aStoreThatIsTooSlowForWholeBatchesIsGivenSmallerOnes() {
    EngineFixture fixture = new EngineFixture(batchesOf(64), EngineFixture.RETRY).started();
    ScriptedStore store = fixture.store;
    store.answerWith(rows -> rows.size() > 4 ? ScriptedStore.AWAY : Outcome.Durable.DURABLE);
    for (int i = 0; i < 64; i++) {
      fixture.put(0, i, "a", i);
    }
    fixture.endPoll();
    for (int i = 0; i < 100 && fixture.committed(0) < 64; i++) {
      fixture.pass(1_000);
    }
    assertThat(fixture.committed(0)).isEqualTo(64);
    assertThat(fixture.reported).isEmpty();
  }

  private static BatchingConfig batchesOf(int rows) {
    return new BatchingConfig(
        rows, 1_000_000, Duration.ofMillis(100), 1_000, 1_000_000, 3, Duration.ofMillis(50));
  }

  @Test
  void aFlushDoesNotWaitForAStoreThatIsAway() {
    store.answerWith(rows -> ScriptedStore.AWAY);
    fixture.put(0, 0, "a", 0);
    fixture.endPoll();
    for (int i = 0; i < 10; i++) {
      fixture.pass(1_000);
    }
    long before = System.nanoTime();
    fixture.engine.flush();
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
    assertThat(fixture.committed(0)).isZero();
  }

  @Test
  void theTaskFailsWhenTheStoreIsAwayLongerThanAllowed() {
    EngineFixture impatient =
        new EngineFixture(
            EngineFixture.BATCHING,
            new RetryConfig(Duration.ofMillis(10), Duration.ofMillis(100), Duration.ofMillis(500)));
    impatient.started();
    impatient.store.answerWith(rows -> ScriptedStore.AWAY);
    impatient.put(0, 0, "a", 0);
    impatient.endPoll();
    for (int i = 0; i < 10; i++) {
      impatient.pass(100);
    }
    assertThatThrownBy(impatient.engine::throwFailure)
        .isInstanceOf(ConnectException.class)
        .hasMessageContaining("retry.timeout.ms");
    assertThat(impatient.committed(0)).isZero();
    assertThat(impatient.reported).isEmpty();
  }

  @Test
  void aRefusedRowCostsItsRecordAndNoOther() {
    store.answerWith(rows -> rows.stream().anyMatch(row -> row.key() == 13) ? REFUSED : DURABLE);
    for (int offset = 0; offset < 20; offset++) {
      fixture.put(0, offset, "a", offset);
    }
    fixture.endPoll();
    engine.flush();
    assertThat(fixture.reported).containsOnlyKeys(13L);
    assertThat(fixture.reported.get(13L)).containsExactly("too large");
    assertThat(store.contents).hasSize(19);
    assertThat(fixture.committed(0)).isEqualTo(20);
  }

  @Test
  void aTopicOfNothingButRefusedRowsComesToItsEnd() {
    store.answerWith(rows -> REFUSED);
    for (int offset = 0; offset < 20; offset++) {
      fixture.put(0, offset, "a", offset);
    }
    fixture.endPoll();
    engine.flush();
    assertThat(fixture.reported).hasSize(20);
    assertThat(fixture.committed(0)).isEqualTo(20);
    assertThat(fixture.figure(Metric.ROWS_BUFFERED)).isZero();
    assertThat(fixture.figure(Metric.BYTES_BUFFERED)).isZero();
  }

  /** A code that nobody knows, put to one row of a store that takes the others. */
  @Test
  void aRowThatIsDeclinedWhileOthersAreTakenCostsItsRecordAndNoOther() {
    store.answerWith(each(row -> row.value() == 3 ? DECLINED : DURABLE));
    busyStream(0, 100);
    assertThat(fixture.reported).isEmpty();
    assertThat(store.contents).as("nobody waits for it").hasSizeGreaterThan(90);

    busyStream(100, 500);
    assertThat(fixture.reported).containsOnlyKeys(3L);
    assertThat(fixture.reported.get(3L))
        .singleElement(InstanceOfAssertFactories.STRING)
        .startsWith("error 17262: the store declined it");
    assertThat(store.contents).hasSize(499);
    assertThat(fixture.committed(0)).isEqualTo(500);
    assertThat(fixture.figure(Metric.ROWS_BUFFERED)).isZero();
  }

  /** A store that answers for a batch as a whole, and all rows are of one partition. */
  @Test
  void aBatchThatIsDeclinedIsNarrowedUntilTheCulpritStandsAlone() {
    store.answerWith(rows -> rows.stream().anyMatch(row -> row.value() == 3) ? DECLINED : DURABLE);
    busyStream(0, 500);
    assertThat(fixture.reported).containsOnlyKeys(3L);
    assertThat(store.contents).hasSize(499);
    assertThat(fixture.committed(0)).isEqualTo(500);
  }

  /** So it is when a setting of the server is changed that speaks to every statement. */
  @Test
  void aStoreThatDeclinesEverythingTurnsNoRecordIntoADeadLetter() {
    store.answerWith(rows -> DECLINED);
    busyStream(0, 30);
    for (int i = 0; i < 6_000; i++) {
      fixture.pass(100);
    }
    assertThat(fixture.reported).isEmpty();
    assertThat(fixture.committed(0)).isZero();
    assertThat(store.attempts).as("attempts in ten minutes, a second apart").hasSizeLessThan(700);
    assertThatCode(engine::throwFailure).doesNotThrowAnyException();

    store.acceptEverything();
    for (int i = 0; i < 100; i++) {
      fixture.pass(1_000);
    }
    assertThat(fixture.reported).isEmpty();
    assertThat(store.contents).hasSize(30);
    assertThat(fixture.committed(0)).isEqualTo(30);
  }

  @Test
  void aTableThatDeclinesEverythingIsNoFaultOfItsRowsThoughAnotherTakesAll() {
    store.answerWith(
        rows -> rows.get(0).partition().name().startsWith("broken.") ? DECLINED : DURABLE);
    for (int offset = 0; offset < 5; offset++) {
      fixture.put(1, offset, "broken.a", offset);
    }
    busyStream(0, 500);
    assertThat(fixture.reported).isEmpty();
    assertThat(fixture.committed(0)).isEqualTo(500);
    assertThat(fixture.committed(1)).isZero();
  }

  @Test
  void whatHasToFollowADeclinedRowWaitsBehindIt() {
    AtomicReference<Outcome> answer = new AtomicReference<>(DECLINED);
    store.answerWith(each(row -> row.value() == 0 ? answer.get() : DURABLE));
    fixture.put(0, 0, "a", 5);
    fixture.endPoll();
    fixture.pass(200);
    fixture.put(0, 1, "a", 5);
    fixture.put(0, 2, "a", 6);
    fixture.endPoll();
    fixture.pass(200);
    fixture.pass(1);
    assertThat(store.contents).isEqualTo(Map.of("a/6", 2L));
    answer.set(DURABLE);
    for (int i = 0; i < 10; i++) {
      fixture.pass(1_000);
    }
    assertThat(store.contents).isEqualTo(Map.of("a/5", 1L, "a/6", 2L));
    assertThat(fixture.committed(0)).isEqualTo(3);
  }

  @Test
  void aFlushDoesNotWaitForADeclinedRow() {
    store.answerWith(each(row -> row.value() == 0 ? DECLINED : DURABLE));
    fixture.put(0, 0, "a", 0);
    fixture.put(0, 1, "a", 1);
    fixture.endPoll();
    engine.flush();
    int attempts = store.attempts.size();
    engine.flush();
    assertThat(store.attempts).hasSize(attempts);
    assertThat(store.contents).containsOnlyKeys("a/1");
  }

  @Test
  void aDeclinedRowOfARevokedPartitionIsLeftToItsNewOwner() {
    store.answerWith(each(row -> row.value() == 0 ? DECLINED : DURABLE));
    fixture.put(0, 0, "a", 0);
    fixture.endPoll();
    engine.flush();
    fixture.put(1, 7, "a", 0);
    fixture.put(0, 1, "a", 0);
    fixture.endPoll();
    engine.flush();
    fixture.close(0);
    for (int i = 0; i < 20; i++) {
      fixture.pass(1_000);
    }
    assertThat(fixture.reported).isEmpty();
    assertThat(store.contents).isEqualTo(Map.of("a/0", 7L));
    assertThat(fixture.figure(Metric.ROWS_BUFFERED)).isZero();
  }

  /** While others are answered all the time, the store as a whole does not seem to be away. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aRowThatIsNotTakenForTooLongFailsTheTaskBesideABusyStream(boolean away) {
    EngineFixture impatient =
        new EngineFixture(
                EngineFixture.BATCHING,
                new RetryConfig(
                    Duration.ofMillis(10), Duration.ofMillis(100), Duration.ofMillis(5_000)))
            .started();
    Outcome stuck = away ? ScriptedStore.AWAY : DECLINED;
    impatient.store.answerWith(
        rows -> rows.get(0).partition().name().equals("broken.a") ? stuck : DURABLE);
    impatient.put(1, 0, "broken.a", 0);
    for (int offset = 0; offset < 49; offset++) {
      impatient.put(0, offset, "a", offset);
      impatient.endPoll();
      impatient.pass(100);
    }
    assertThatCode(impatient.engine::throwFailure).doesNotThrowAnyException();
    for (int offset = 49; offset < 60; offset++) {
      impatient.put(0, offset, "a", offset);
      impatient.endPoll();
      impatient.pass(100);
    }
    assertThatThrownBy(impatient.engine::throwFailure)
        .isInstanceOf(ConnectException.class)
        .hasMessage(
            "The store has not taken a row for longer than retry.timeout.ms: "
                + (away ? "away" : "error 17262"));
    assertThat(impatient.reported).isEmpty();
    assertThat(impatient.committed(1)).isZero();
  }

  /** However many rows wait, so that none of them is sent a second time for long. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 30})
  void aStoreThatDeclinesEverythingForTooLongFailsTheTask(int partitions) {
    EngineFixture impatient =
        new EngineFixture(
                EngineFixture.BATCHING,
                new RetryConfig(
                    Duration.ofMillis(10), Duration.ofMillis(1_000), Duration.ofMillis(5_000)))
            .started();
    impatient.store.answerWith(rows -> DECLINED);
    for (int offset = 0; offset < 38; offset++) {
      impatient.put(0, offset, "a" + offset % partitions, offset);
    }
    impatient.endPoll();
    for (int i = 0; i < 48; i++) {
      impatient.pass(100);
    }
    assertThatCode(impatient.engine::throwFailure).doesNotThrowAnyException();
    for (int i = 0; i < 30; i++) {
      impatient.pass(100);
    }
    assertThatThrownBy(impatient.engine::throwFailure)
        .isInstanceOf(ConnectException.class)
        .hasMessage("The store has not taken a row for longer than retry.timeout.ms: error 17262");
    assertThat(impatient.reported).isEmpty();
  }

  /** Those that were declined before and those that come new take turns. */
  @Test
  void aRowIsDeclinedAgainThoughOthersOfItsPartitionAreDeclinedForTheFirstTime() {
    store.answerWith(rows -> DECLINED);
    for (int offset = 0; offset < 38; offset++) {
      fixture.put(0, offset, "a", offset);
    }
    fixture.endPoll();
    for (int i = 0; i < 100; i++) {
      fixture.pass(100);
    }
    assertThat(store.attempts).filteredOn(rows -> rows.get(0).value() == 0).hasSizeGreaterThan(3);
  }

  /** Rows of one partition, one every tenth of a second. */
  private void busyStream(int from, int to) {
    for (int offset = from; offset < to; offset++) {
      fixture.put(0, offset, "a", offset);
      fixture.endPoll();
      fixture.pass(100);
    }
    engine.flush();
  }

  /** A store that answers row by row. */
  private static Function<List<TestRow>, Outcome> each(Function<TestRow, Outcome> answer) {
    return rows -> new Outcome.Mixed(rows.stream().map(answer).toList());
  }

  @Test
  void rowsThatFareDifferentlyGoTheirOwnWays() {
    for (int offset = 0; offset < 4; offset++) {
      fixture.put(0, offset, "a", offset);
    }
    fixture.endPoll();
    store.answerAll(new Outcome.Mixed(List.of(DURABLE, REFUSED, ScriptedStore.AWAY, REFUSED)));
    engine.tick();
    assertThat(store.contents).containsOnlyKeys("a/0");
    assertThat(fixture.figure(Metric.BATCHES_REFUSED_TOTAL)).as("one batch").isEqualTo(1);

    store.acceptEverything();
    fixture.pass(1_000);
    engine.flush();
    assertThat(store.attempts.get(1)).extracting(TestRow::key).containsExactly(2L);
    assertThat(fixture.reported).containsOnlyKeys(1L, 3L);
    assertThat(fixture.committed(0)).isEqualTo(4);
    assertThat(fixture.figure(Metric.ROWS_WRITTEN_TOTAL)).isEqualTo(2);
    assertThat(fixture.figure(Metric.ROWS_BUFFERED)).isZero();
  }

  @Test
  void theRowThatARefusedOneHadReplacedIsWrittenWhenOthersWereDurable() {
    store.answerWith(rows -> rows.get(0).value() == 1 ? mixed(REFUSED, DURABLE) : DURABLE);
    fixture.put(0, 0, "a", 5);
    fixture.put(0, 1, "a", 5);
    fixture.put(0, 2, "a", 6);
    fixture.endPoll();
    engine.flush();
    assertThat(store.contents).isEqualTo(Map.of("a/5", 0L, "a/6", 2L));
    assertThat(fixture.reported).containsOnlyKeys(1L);
    assertThat(fixture.committed(0)).isEqualTo(3);
  }

  private static Outcome mixed(Outcome... rows) {
    return new Outcome.Mixed(List.of(rows));
  }

  @Test
  void theRowThatARefusedOneHadReplacedIsWritten() {
    store.answerWith(rows -> rows.stream().anyMatch(row -> row.value() == 1) ? REFUSED : DURABLE);
    fixture.put(0, 0, "a", 5);
    fixture.put(0, 1, "a", 5);
    fixture.endPoll();
    engine.flush();
    assertThat(store.contents).containsEntry("a/5", 0L);
    assertThat(fixture.reported).containsOnlyKeys(1L);
    assertThat(fixture.committed(0)).isEqualTo(2);
  }

  @Test
  void aRecordIsReportedOnceWithAllItsReasonsWhenItsGoodPartIsWritten() {
    RecordSink sink = fixture.begin(0, 3);
    sink.reject(Rule.VALUE, "first.");
    sink.reject(Rule.VALUE, "second.");
    sink.end();
    fixture.put(0, 4, "a", 0, 2);
    fixture.put(0, 5, "a", 0, 1);
    fixture.endPoll();
    assertThat(fixture.reported.get(3L)).containsExactly("first.", "second.");
    assertThat(fixture.reported.get(4L)).containsExactly("too long");
    assertThat(fixture.committed(0)).isEqualTo(6);
    assertThat(fixture.figure(Metric.ROWS_EXPIRED_TOTAL)).isEqualTo(1);
  }

  @Test
  void aBadRecordIsNotCommittedBeforeItsDeadLetterIsWritten() {
    fixture.deadLetter = new CompletableFuture<>();
    fixture.put(0, 4, "a", 0, 2);
    fixture.endPoll();
    assertThat(fixture.reported).containsOnlyKeys(4L);
    assertThat(fixture.committed(0)).isEqualTo(4);
    fixture.deadLetter.complete(null);
    assertThat(fixture.committed(0)).isEqualTo(5);
  }

  /** Else a restart in an outage would report it again, for its offset could not be committed. */
  @Test
  void aBadRecordIsReportedOnceEverythingBeforeItIsWritten() {
    fixture.put(0, 0, "a", 0);
    reject(0, 1);
    fixture.endPoll();
    reject(0, 2);
    reject(1, 5);
    fixture.endPoll();
    fixture.pass(100);
    assertThat(fixture.reported).as("only partition 1 has nothing before it").containsOnlyKeys(5L);
    fixture.reported.clear();
    store.answerAll(ScriptedStore.AWAY);
    fixture.pass(1_000);
    fixture.pass(1_000);
    assertThat(fixture.reported).isEmpty();
    store.answerAll(DURABLE);
    fixture.pass(0);
    assertThat(fixture.reported).containsOnlyKeys(1L, 2L);
    assertThat(fixture.committed(0)).isEqualTo(3);
  }

  /** Bad records are looked for while a poll is still read, of which more may come. */
  @Test
  void aPollThatIsStillReadIsNotDone() {
    reject(0, 0);
    engine.tick();
    reject(1, 5);
    engine.tick();
    fixture.put(0, 1, "a", 1);
    fixture.endPoll();
    reject(0, 2);
    fixture.endPoll();
    fixture.pass(100);
    assertThat(fixture.committed(0)).as("record 1 is not written").isEqualTo(0);
    store.answerAll(DURABLE);
    fixture.pass(0);
    assertThat(fixture.committed(0)).isEqualTo(3);
  }

  private void reject(int partition, long offset) {
    RecordSink sink = fixture.begin(partition, offset);
    sink.reject(Rule.VALUE, "bad");
    sink.end();
  }

  @Test
  void theAgeOfTheOldestRecordCountsFromItsReceiptUntilItIsWritten() {
    fixture.put(0, 0, "a", 0);
    fixture.endPoll();
    fixture.pass(150);
    fixture.put(1, 0, "b", 0);
    fixture.endPoll();
    assertThat(fixture.figure(Metric.OLDEST_UNWRITTEN_AGE_MS)).isEqualTo(150);
    fixture.now += 5_000;
    assertThat(fixture.figure(Metric.OLDEST_UNWRITTEN_AGE_MS))
        .as("it grows while the task thread is stuck")
        .isEqualTo(5_150);
    store.acceptEverything();
    store.answerAll(DURABLE);
    fixture.pass(0);
    fixture.pass(100);
    assertThat(fixture.figure(Metric.ROWS_WRITTEN_TOTAL)).isEqualTo(2);
    assertThat(fixture.figure(Metric.OLDEST_UNWRITTEN_AGE_MS)).isZero();
  }

  @Test
  void aBadRecordKeepsItsAgeUntilItsReportIsSafe() {
    fixture.deadLetter = new CompletableFuture<>();
    reject(0, 0);
    fixture.endPoll();
    fixture.pass(70);
    assertThat(fixture.figure(Metric.RECORDS_REPORTED_TOTAL)).isEqualTo(1);
    assertThat(fixture.figure(Metric.OLDEST_UNWRITTEN_AGE_MS)).isEqualTo(70);
    fixture.deadLetter.complete(null);
    fixture.pass(1);
    assertThat(fixture.figure(Metric.OLDEST_UNWRITTEN_AGE_MS)).isZero();
  }

  @Test
  void recordsThatAreNotEnteredYetHaveAnAgeToo() {
    fixture.now += 40;
    engine.updateMetrics(fixture.now - 40);
    assertThat(fixture.figure(Metric.OLDEST_UNWRITTEN_AGE_MS)).isEqualTo(40);
  }

  @Test
  void aFailedAttemptIsCountedByItsCauseAndAnAnswerEndsTheOutage() {
    fixture.put(0, 0, "a", 0);
    fixture.endPoll();
    fixture.pass(100);
    assertThat(fixture.figure(Metric.STORE_REACHABLE)).as("it was opened").isEqualTo(1);
    store.answerAll(ScriptedStore.AWAY);
    fixture.pass(0);
    fixture.now += 3_000;
    assertThat(fixture.figure(Metric.ATTEMPTS_FAILED_TOTAL)).isEqualTo(1);
    assertThat(fixture.metrics.retries(Cause.OVERLOAD)).isEqualTo(1);
    assertThat(fixture.metrics.retries(Cause.TIMEOUT)).isZero();
    assertThat(fixture.figure(Metric.STORE_REACHABLE)).isZero();
    assertThat(fixture.figure(Metric.STORE_UNAVAILABLE_MS)).isEqualTo(3_000);
    store.acceptEverything();
    fixture.pass(0);
    fixture.pass(0);
    assertThat(fixture.figure(Metric.ROWS_WRITTEN_TOTAL)).isEqualTo(1);
    assertThat(fixture.figure(Metric.STORE_REACHABLE)).isEqualTo(1);
    assertThat(fixture.figure(Metric.STORE_UNAVAILABLE_MS)).isZero();
  }

  @Test
  void whatIsWrittenIsCountedOnceWhateverItReplaced() {
    fixture.put(0, 0, "a", 5);
    fixture.put(0, 1, "a", 5);
    fixture.put(0, 2, "a", 4);
    fixture.endPoll();
    fixture.pass(100);
    store.answerAll(DURABLE);
    fixture.pass(0);
    assertThat(fixture.figure(Metric.ROWS_WRITTEN_TOTAL)).isEqualTo(2);
    assertThat(fixture.figure(Metric.BYTES_WRITTEN_TOTAL)).as("ten a row").isEqualTo(20);
    assertThat(fixture.figure(Metric.BATCHES_WRITTEN_TOTAL)).isEqualTo(1);
  }

  @Test
  void anAnswerIsTimedFromItsOwnSending() {
    fixture.put(0, 0, "a", 0);
    fixture.endPoll();
    fixture.pass(100);
    fixture.now += 400;
    store.answerAll(DURABLE);
    fixture.now += 9_000;
    engine.tick();
    fixture.metrics.flushed();
    assertThat(fixture.metrics.value(Metric.WRITE_LATENCY_MS_P99).doubleValue())
        .as("it waited for the task thread, which is not the store's time")
        .isBetween(400.0, 405.0);
  }

  @Test
  void eachPartIsCountedByItsRuleAndItsRecordOnce() {
    RecordSink sink = fixture.begin(0, 0);
    sink.reject(Rule.TAGS, "first.");
    sink.reject(Rule.TAGS, () -> "second.");
    sink.reject(Rule.TTL, "third.");
    sink.end();
    fixture.endPoll();
    assertThat(fixture.metrics.rejections(Rule.TAGS)).isEqualTo(2);
    assertThat(fixture.metrics.rejections(Rule.TTL)).isEqualTo(1);
    assertThat(fixture.figure(Metric.RECORDS_REJECTED_TOTAL)).isEqualTo(1);
    assertThat(fixture.figure(Metric.RECORDS_REPORTED_TOTAL)).isEqualTo(1);
  }

  @Test
  void whatTheStoreRefusesIsCountedAsItsRefusal() {
    store.answerWith(rows -> REFUSED);
    fixture.put(0, 0, "a", 0);
    fixture.put(0, 1, "b", 0, 2);
    fixture.endPoll();
    fixture.pass(100);
    fixture.pass(0);
    assertThat(fixture.metrics.rejections(Rule.STORE_REFUSAL)).isEqualTo(1);
    assertThat(fixture.metrics.rejections(Rule.STORE_LIMIT)).isEqualTo(1);
  }

  @Test
  void aBadRecordOfARevokedPartitionIsLeftToItsNewOwner() {
    fixture.put(0, 0, "a", 0);
    reject(0, 1);
    fixture.endPoll();
    fixture.pass(100);
    fixture.close(0);
    store.answerAll(DURABLE);
    fixture.pass(0);
    assertThat(fixture.reported).isEmpty();
    assertThat(fixture.figure(Metric.BYTES_BUFFERED)).isZero();
  }

  @Test
  void aBadRecordThatWaitsCountsAsHeld() {
    fixture.put(0, 0, "a", 0);
    fixture.pass(0);
    long before = fixture.figure(Metric.BYTES_BUFFERED);
    reject(0, 1);
    fixture.endPoll();
    assertThat(fixture.figure(Metric.BYTES_BUFFERED)).isGreaterThan(before);
    store.acceptEverything();
    fixture.pass(100);
    fixture.pass(0);
    assertThat(fixture.figure(Metric.BYTES_BUFFERED)).isZero();
  }

  @Test
  void afterABadRecordThatIsNotToleratedNoOtherIsReported() {
    fixture.tolerant = false;
    reject(0, 7);
    reject(0, 8);
    fixture.endPoll();
    assertThatThrownBy(engine::throwFailure).hasMessageContaining("record 7");
    assertThat(fixture.figure(Metric.RECORDS_REJECTED_TOTAL)).isEqualTo(2);
    assertThat(fixture.figure(Metric.RECORDS_REPORTED_TOTAL)).isZero();
    assertThat(fixture.committed(0)).isEqualTo(7);
  }

  @Test
  void aFlushWaitsForDeadLettersUnderWay() {
    // Reports are waited for in real time: enough of it for the slowest machine.
    BatchingConfig patience =
        new BatchingConfig(
            4, 1_000, Duration.ofMillis(100), 40, 1_000_000, 3, Duration.ofMinutes(1));
    EngineFixture patient = new EngineFixture(patience, EngineFixture.RETRY).started();
    patient.deadLetter =
        CompletableFuture.supplyAsync(
            () -> null, CompletableFuture.delayedExecutor(5, TimeUnit.MILLISECONDS));
    RecordSink sink = patient.begin(0, 4);
    sink.reject(Rule.VALUE, "bad");
    sink.end();
    patient.endPoll();
    patient.engine.flush();
    assertThat(patient.committed(0)).isEqualTo(5);
  }

  @Test
  void aFlushDoesNotWaitForDeadLettersBeyondItsTimeout() {
    fixture.deadLetter = new CompletableFuture<>();
    reject(0, 4);
    fixture.endPoll();
    engine.flush();
    assertThat(fixture.committed(0)).isEqualTo(4);
  }

  @Test
  void aBadRecordWhoseDeadLetterFailedIsNeverCommitted() {
    fixture.deadLetter = CompletableFuture.failedFuture(new IllegalStateException("no topic"));
    fixture.put(0, 4, "a", 0, 2);
    fixture.endPoll();
    assertThat(fixture.committed(0)).isEqualTo(4);
  }

  @Test
  void aDeadLetterThatFailsLaterFailsTheTaskSoonAndIsNeverCommitted() {
    fixture.deadLetter = new CompletableFuture<>();
    reject(0, 4);
    fixture.endPoll();
    assertThat(engine.idleMillis()).as("looks for the outcome").isBetween(1L, 500L);
    fixture.deadLetter.completeExceptionally(new ConnectException("not written to dlq"));
    fixture.pass(1);
    assertThatThrownBy(engine::throwFailure).hasMessage("not written to dlq");
    assertThat(fixture.committed(0)).isEqualTo(4);
  }

  @Test
  void aDeadLetterOfARevokedPartitionIsAnotherTasksToWrite() {
    fixture.deadLetter = new CompletableFuture<>();
    reject(0, 4);
    fixture.endPoll();
    fixture.close(0);
    fixture.deadLetter.completeExceptionally(new ConnectException("not written to dlq"));
    fixture.pass(1);
    assertThatCode(engine::throwFailure).doesNotThrowAnyException();
  }

  @Test
  void aReporterWithABugFailsTheTaskAndTheRecordIsReadAgain() {
    fixture.bug = new IllegalStateException("closed");
    reject(0, 4);
    fixture.endPoll();
    assertThatThrownBy(engine::throwFailure).hasCause(fixture.bug);
    assertThat(fixture.committed(0)).isEqualTo(4);
  }

  @Test
  void whatATransformDropsIsCommittedWhereNothingIsPending() {
    fixture.delivered(0, 9);
    assertThat(fixture.committed(0)).isEqualTo(10);

    fixture.put(0, 10, "a", 0);
    fixture.endPoll();
    fixture.delivered(0, 20);
    assertThat(fixture.committed(0)).isEqualTo(10);

    store.acceptEverything();
    engine.flush();
    assertThat(fixture.committed(0)).isEqualTo(21);
  }

  @Test
  void nothingBeyondWhatTheFrameworkDeliveredIsCommitted() {
    store.acceptEverything();
    fixture.put(0, 4, "a", 0);
    fixture.endPoll();
    engine.flush();
    fixture.delivered(0, 1);
    assertThat(fixture.committed(0)).isEqualTo(2);
  }

  @Test
  void thousandsOfReasonsAgainstOneRecordAreCounted() {
    RecordSink sink = fixture.begin(0, 3);
    for (int i = 0; i < 5_000; i++) {
      sink.reject(Rule.VALUE, "bad.");
    }
    sink.end();
    fixture.endPoll();
    assertThat(fixture.reported.get(3L)).hasSize(21).endsWith("... and 4980 more.");
  }

  @Test
  void anErrorThatIsNotToleratedFailsThePutAndHoldsTheOffset() {
    fixture.tolerant = false;
    RecordSink sink = fixture.begin(0, 3);
    sink.reject(Rule.VALUE, "bad.");
    sink.end();
    fixture.endPoll();
    assertThatThrownBy(engine::throwFailure)
        .hasMessageContaining("record 3")
        .hasMessageContaining("bad.");
    assertThat(fixture.committed(0)).isEqualTo(3);
  }

  @Test
  void aFaultOfTheStoreIsThrownFromThePutAndNeverFromTheFlush() {
    store.answerWith(
        rows -> new Outcome.Fatal("no permission", new IllegalStateException("no permission")));
    fixture.put(0, 0, "a", 0);
    fixture.endPoll();
    assertThatCode(engine::flush).doesNotThrowAnyException();
    assertThatThrownBy(engine::throwFailure).hasMessage("no permission");
    assertThat(fixture.committed(0)).isZero();
    assertThat(fixture.reported).isEmpty();
  }

  @Test
  void fetchingStopsWhenTheBufferIsFullAndGoesOnWhenAQuarterOfItIsGone() {
    for (int offset = 0; offset < 40; offset++) {
      fixture.put(0, offset, "s" + offset, 0);
    }
    fixture.endPoll();
    assertThat(engine.full()).isTrue();
    assertThat(store.unanswered).hasSize(3);
    int answered = 0;
    while (engine.full()) {
      store.answerAll(DURABLE);
      fixture.pass(1);
      assertThat(++answered).isLessThan(20);
    }
    assertThat(store.contents).hasSizeBetween(11, 15);
  }

  @Test
  void whatWaitsForARevokedPartitionIsDroppedAndTheRestGoesOn() {
    fixture.put(0, 0, "a", 1);
    fixture.put(1, 0, "a", 2);
    fixture.put(0, 1, "a", 2);
    fixture.put(1, 1, "b", 3);
    fixture.endPoll();
    fixture.close(0);
    store.acceptEverything();
    engine.flush();
    assertThat(store.contents).containsOnlyKeys("a/2", "b/3");
    assertThat(fixture.committed(0)).isEqualTo(-1);
    assertThat(fixture.committed(1)).isEqualTo(2);
    assertThat(fixture.figure(Metric.ROWS_BUFFERED)).isZero();
    assertThat(fixture.figure(Metric.BYTES_BUFFERED)).isZero();
  }

  @Test
  void rowsUnderWayForARevokedPartitionAreNotRetried() {
    fixture.put(0, 0, "a", 1);
    fixture.endPoll();
    fixture.pass(100);
    fixture.close(0);
    store.answerAll(ScriptedStore.AWAY);
    fixture.pass(10_000);
    assertThat(store.attempts).hasSize(1);
    assertThat(fixture.committed(0)).isEqualTo(-1);
    assertThat(engine.idleMillis()).isNegative();
  }

  @Test
  void aStoreThatIsAwayAtTheStartIsTriedAgain() {
    EngineFixture late = new EngineFixture();
    late.store.openWith(ScriptedStore.AWAY);
    late.started();
    assertThat(late.engine.ready()).isFalse();
    assertThat(late.engine.full()).isTrue();
    for (int i = 0; i < 60; i++) {
      late.pass(1_000);
    }
    assertThat(late.store.opens).isBetween(30, 70);
    late.store.openWith(DURABLE);
    late.pass(1_000);
    late.pass(1);
    assertThat(late.engine.ready()).isTrue();
    assertThat(late.engine.full()).isFalse();
  }

  @Test
  void aStoreThatCannotBeOpenedFailsTheStart() {
    EngineFixture wrong = new EngineFixture();
    wrong.store.openWith(new Outcome.Fatal("wrong password", new IllegalStateException("x")));
    assertThatThrownBy(wrong::started).hasMessage("wrong password");
  }

  @Test
  void aRowThatCannotBeBufferedFailsTheTaskSinceItWouldNeverBeSettled() {
    EngineFixture broken = new EngineFixture().started();
    assertThatThrownBy(() -> broken.put(0, 5, "a", 1, 3)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(broken.engine::throwFailure)
        .isInstanceOf(ConnectException.class)
        .hasMessage("A row cannot be buffered: unexpected java.lang.IllegalStateException")
        .hasNoCause();
    assertThat(broken.committed(0)).isLessThan(6);
  }

  @Test
  void closingLetsGoOfTheStore() {
    engine.close();
    assertThat(store.closed).isTrue();
  }
}
