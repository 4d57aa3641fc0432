package io.datapoints.connect.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.datapoints.connect.metrics.Metric;
import io.datapoints.connect.store.Cause;
import io.datapoints.connect.store.Outcome;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random records, answers and pauses. After every step: committed is at most durable. At the end:
 * every good record is in the store with the last value of its key, and exactly the bad ones were
 * reported. A bad one is refused, or declined whenever it is sent; good ones are declined too, by
 * chance and all of them for a while, and a record that was never refused is reported only after
 * the store had declined it again and again while it took others of its table.
 */
class DeliverySimulationTest {

  private static final int STEPS = 1_500;
  private static final int PARTITIONS = 3;
  private static final int FEW_SERIES = 5;

  /** So many that few rows of one come within linger.ms. */
  private static final int MANY_SERIES = 40;

  private static final Outcome DECLINED = new Outcome.Declined(Cause.OTHER, "error 17262");

  /**
   * So many steps apart begin the times in which the store declines everything, and so many long.
   */
  private static final int RULE_PERIOD = 300;

  private static final int RULE_LENGTH = 60;

  /**
   * Milliseconds that pass between two steps at most; the long ones make a rule last for minutes.
   */
  private static final int SHORT_MS = 60;

  private static final int LONG_MS = 4_000;

  /** By chance a good record is not declined so often that it could pass for a bad one. */
  private static final int MOST_BY_CHANCE = 3;

  /**
   * How a record was declined.
   *
   * @param first when for the first time
   * @param last when for the last time
   * @param taken how many rows of its table had been taken by then
   * @param whileOthersTaken how often others had been taken since the time before
   */
  private record Declines(int count, long first, long last, long taken, int whileOthersTaken) {

    static final Declines NEVER = new Declines(0, 0, 0, 0, 0);

    Declines again(long now, long takenNow) {
      return new Declines(
          count + 1, first, now, takenNow, whileOthersTaken + (takenNow > taken ? 1 : 0));
    }
  }

  private final EngineFixture fixture = new EngineFixture().started();
  private final Map<Integer, List<Long>> received = new HashMap<>();
  private final Map<String, Long> expected = new HashMap<>();
  private final Set<Long> bad = new HashSet<>();

  /** Those of the bad ones that the store declines, and never says why. */
  private final Set<Long> declined = new HashSet<>();

  private final Map<Long, Declines> declines = new HashMap<>();
  private final Map<Object, Long> taken = new HashMap<>();
  private boolean rule;
  private final Map<Long, String> keyOf = new HashMap<>();
  private long offset;
  private int series = FEW_SERIES;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34, 55, 89})
  void nothingIsLostAndNothingIsCommittedTooEarly(long seed) {
    run(seed);
    assertThat(fixture.reported.keySet()).containsAnyElementsOf(declined);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34, 55, 89})
  void norIsAnythingWherePartitionsShareBatches(long seed) {
    series = MANY_SERIES;
    fixture.store.share(4, 80);
    run(seed);
    assertThat(fixture.reported.keySet()).containsAnyElementsOf(declined);
    assertThat(fixture.figure(Metric.PARTITIONS_WRITTEN_TOTAL))
        .isGreaterThan(fixture.figure(Metric.BATCHES_WRITTEN_TOTAL) * 3 / 2);
  }

  @RepeatedTest(3)
  void norWithAnyOtherSeed() {
    long seed = new SplittableRandom().nextLong();
    try {
      run(seed);
    } catch (AssertionError e) {
      throw new AssertionError("seed " + seed, e);
    }
  }

  private void run(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int step = 0; step < STEPS; step++) {
      rule = step % RULE_PERIOD >= RULE_PERIOD - RULE_LENGTH;
      if (random.nextInt(3) > 0 && !fixture.engine.full()) {
        poll(random);
      }
      answerSome(random);
      fixture.pass(random.nextInt(rule || random.nextInt(100) == 0 ? LONG_MS : SHORT_MS));
      assertCommittedIsDurable();
    }
    rule = false;
    for (int i = 0; i < 4_000 && fixture.figure(Metric.ROWS_BUFFERED) > 0; i++) {
      if (i % 5 == 0) {
        // Others have to come for a declined row to be told from a store that declines everything.
        good(i % 2, 1_000 + i);
        fixture.endPoll();
      }
      answerPending(random, 0);
      fixture.pass(100);
      assertCommittedIsDurable();
    }
    assertThat(fixture.figure(Metric.ROWS_BUFFERED)).isZero();
    assertThat(fixture.figure(Metric.BYTES_BUFFERED)).isZero();
    assertThat(bad).containsAll(fixture.reported.keySet());
    assertThat(bad).allMatch(this::ended);
    assertThat(fixture.reported.keySet())
        .filteredOn(declined::contains)
        .allSatisfy(
            record -> {
              Declines each = Objects.requireNonNull(declines.get(record));
              assertThat(each.count()).isGreaterThan(RowFailures.MOST_STRIKES);
              assertThat(each.whileOthersTaken()).isGreaterThanOrEqualTo(RowFailures.MOST_STRIKES);
              // The engine sees an answer after the pause that follows it.
              assertThat(each.last() - each.first())
                  .isGreaterThan(RowFailures.SHORTEST_MS - LONG_MS);
            });
    assertThat(fixture.store.contents).isEqualTo(expected);
    received.forEach(
        (partition, offsets) ->
            assertThat(fixture.committed(partition))
                .isEqualTo(offsets.get(offsets.size() - 1) + 1));
  }

  private boolean ended(long record) {
    return fixture.reported.containsKey(record) || replacedLater(record);
  }

  /** A later row of its key took its place before it was sent, so the store never refused it. */
  private boolean replacedLater(long record) {
    return keyOf.entrySet().stream()
        .anyMatch(other -> other.getKey() > record && other.getValue().equals(keyOf.get(record)));
  }

  private void poll(SplittableRandom random) {
    int records = random.nextInt(12);
    for (int i = 0; i < records; i++) {
      int each = random.nextInt(series);
      long timestamp = random.nextInt(400);
      if (random.nextInt(400) == 0) {
        declined.add(offset);
        bad(each, timestamp);
      } else if (random.nextInt(40) == 0) {
        bad(each, timestamp);
      } else {
        good(each, timestamp);
      }
    }
    fixture.endPoll();
  }

  private void bad(int series, long timestamp) {
    bad.add(offset);
    put(series, timestamp);
  }

  private void good(int series, long timestamp) {
    expected.put(name(series) + "/" + timestamp, offset);
    put(series, timestamp);
  }

  private void put(int series, long timestamp) {
    // Each series belongs to one partition, so the order of its rows is that of their offsets.
    int partition = series % PARTITIONS;
    long mine = offset++;
    keyOf.put(mine, name(series) + "/" + timestamp);
    received.computeIfAbsent(partition, first -> new ArrayList<>()).add(mine);
    fixture.put(partition, mine, name(series), timestamp);
  }

  /** Of one of two tables. */
  private static String name(int series) {
    return (series % 2 == 0 ? "even." : "odd.") + series;
  }

  private Outcome verdict(List<ScriptedStore.TestRow> rows) {
    if (rows.stream().anyMatch(row -> declined.contains(row.value()))) {
      return DECLINED;
    }
    return rows.stream().anyMatch(row -> bad.contains(row.value()))
        ? new Outcome.Refused("bad")
        : Outcome.Durable.DURABLE;
  }

  private void answerSome(SplittableRandom random) {
    answerPending(random, random.nextInt(10) == 0 ? 80 : 10);
  }

  private void answerPending(SplittableRandom random, int failurePercent) {
    for (ScriptedStore.Attempt attempt : List.copyOf(fixture.store.unanswered)) {
      if (failurePercent == 0 || random.nextInt(3) > 0) {
        fixture.store.unanswered.remove(attempt);
        Outcome outcome = outcome(random, attempt.rows(), failurePercent);
        note(attempt, outcome);
        fixture.store.answer(attempt, outcome);
      }
    }
  }

  /** Stores answer for a batch as a whole, as Cassandra does, or row by row, as MongoDB does. */
  private Outcome outcome(
      SplittableRandom random, List<ScriptedStore.TestRow> rows, int failurePercent) {
    if (random.nextInt(100) < failurePercent) {
      return failure(random, rows);
    }
    if (random.nextBoolean()) {
      return rule ? DECLINED : verdict(rows);
    }
    List<Outcome> each = new ArrayList<>();
    for (ScriptedStore.TestRow row : rows) {
      boolean fails = random.nextInt(100) < failurePercent;
      Outcome verdict = rule ? DECLINED : verdict(List.of(row));
      each.add(fails ? failure(random, List.of(row)) : verdict);
    }
    return each.stream().allMatch(Outcome.Unavailable.class::isInstance)
        ? ScriptedStore.AWAY
        : new Outcome.Mixed(each);
  }

  private Outcome failure(SplittableRandom random, List<ScriptedStore.TestRow> rows) {
    boolean mayDecline =
        rows.stream()
            .allMatch(
                row ->
                    bad.contains(row.value())
                        || declines.getOrDefault(row.value(), Declines.NEVER).count()
                            < MOST_BY_CHANCE);
    return mayDecline && random.nextInt(3) == 0 ? DECLINED : ScriptedStore.AWAY;
  }

  /** Counts what the store took of each table, and how often it declined each row that it named. */
  private void note(ScriptedStore.Attempt attempt, Outcome outcome) {
    Object table = attempt.partition().table();
    List<Outcome> rows =
        outcome instanceof Outcome.Mixed mixed
            ? mixed.rows()
            : Collections.nCopies(attempt.rows().size(), outcome);
    if (rows.contains(Outcome.Durable.DURABLE)) {
      taken.merge(table, 1L, Long::sum);
    }
    if (outcome instanceof Outcome.Mixed || rows.size() == 1) {
      for (int i = 0; i < rows.size(); i++) {
        if (rows.get(i) == DECLINED) {
          long now = fixture.now;
          long takenNow = taken.getOrDefault(table, 0L);
          declines.compute(
              attempt.rows().get(i).value(),
              (record, before) ->
                  before == null
                      ? new Declines(1, now, now, takenNow, 0)
                      : before.again(now, takenNow));
        }
      }
    }
  }

  /**
   * Everything below the committed offset was written, or replaced by a later row of its key, or
   * reported.
   */
  private void assertCommittedIsDurable() {
    received.forEach(
        (partition, offsets) -> {
          long committed = fixture.committed(partition);
          for (int i = offsets.size() - 1, seen = 0; i >= 0 && seen < 200; i--, seen++) {
            long record = offsets.get(i);
            if (record < committed) {
              Long stored = fixture.store.contents.get(keyOf.get(record));
              assertThat(
                      fixture.reported.containsKey(record) || (stored != null && stored >= record))
                  .as("record %s below the committed offset %s", record, committed)
                  .isTrue();
            }
          }
        });
  }
}
