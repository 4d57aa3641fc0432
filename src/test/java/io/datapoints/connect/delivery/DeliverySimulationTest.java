package io.datapoints.connect.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.datapoints.connect.metrics.Metric;
import io.datapoints.connect.store.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random records, answers and pauses. After every step: committed is at most durable. At the end:
 * every good record is in the store with the last value of its key, and exactly the bad ones were
 * reported.
 */
class DeliverySimulationTest {

  private static final int STEPS = 1_500;
  private static final int PARTITIONS = 3;

  private final EngineFixture fixture = new EngineFixture().started();
  private final Map<Integer, List<Long>> received = new HashMap<>();
  private final Map<String, Long> expected = new HashMap<>();
  private final Set<Long> bad = new HashSet<>();
  private final Map<Long, String> keyOf = new HashMap<>();
  private long offset;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34, 55, 89})
  void nothingIsLostAndNothingIsCommittedTooEarly(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int step = 0; step < STEPS; step++) {
      if (random.nextInt(3) > 0 && !fixture.engine.full()) {
        poll(random);
      }
      answerSome(random);
      fixture.pass(random.nextInt(60));
      assertCommittedIsDurable();
    }
    fixture.store.answerWith(this::verdict);
    for (int i = 0; i < 2_000 && fixture.figure(Metric.ROWS_BUFFERED) > 0; i++) {
      answerPending(random, 0);
      fixture.pass(100);
      assertCommittedIsDurable();
    }
    assertThat(fixture.figure(Metric.ROWS_BUFFERED)).isZero();
    assertThat(fixture.figure(Metric.BYTES_BUFFERED)).isZero();
    assertThat(bad).containsAll(fixture.reported.keySet());
    assertThat(bad)
        .allMatch(record -> fixture.reported.containsKey(record) || replacedLater(record));
    assertThat(fixture.store.contents).isEqualTo(expected);
    received.forEach(
        (partition, offsets) ->
            assertThat(fixture.committed(partition))
                .isEqualTo(offsets.get(offsets.size() - 1) + 1));
  }

  /** A later row of its key took its place before it was sent, so the store never refused it. */
  private boolean replacedLater(long record) {
    return keyOf.entrySet().stream()
        .anyMatch(other -> other.getKey() > record && other.getValue().equals(keyOf.get(record)));
  }

  private void poll(SplittableRandom random) {
    int records = random.nextInt(12);
    for (int i = 0; i < records; i++) {
      int series = random.nextInt(5);
      // Each series belongs to one partition, so the order of its rows is that of their offsets.
      int partition = series % PARTITIONS;
      long timestamp = random.nextInt(400);
      long mine = offset++;
      boolean refused = random.nextInt(40) == 0;
      String key = "s" + series + "/" + timestamp;
      keyOf.put(mine, key);
      received.computeIfAbsent(partition, first -> new ArrayList<>()).add(mine);
      if (refused) {
        bad.add(mine);
      } else {
        expected.put(key, mine);
      }
      fixture.put(partition, mine, "s" + series, timestamp);
    }
    fixture.endPoll();
  }

  private Outcome verdict(List<ScriptedStore.TestRow> rows) {
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
        fixture.store.answer(attempt, outcome(random, attempt.rows(), failurePercent));
      }
    }
  }

  /** Stores answer for a batch as a whole, as Cassandra does, or row by row, as MongoDB does. */
  private Outcome outcome(
      SplittableRandom random, List<ScriptedStore.TestRow> rows, int failurePercent) {
    if (random.nextInt(100) < failurePercent) {
      return ScriptedStore.AWAY;
    }
    if (random.nextBoolean()) {
      return verdict(rows);
    }
    List<Outcome> each = new ArrayList<>();
    for (ScriptedStore.TestRow row : rows) {
      boolean fails = random.nextInt(100) < failurePercent;
      each.add(fails ? ScriptedStore.AWAY : verdict(List.of(row)));
    }
    return each.stream().allMatch(Outcome.Unavailable.class::isInstance)
        ? ScriptedStore.AWAY
        : new Outcome.Mixed(each);
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
