package io.datapoints.connect.store.cassandra.kairosdb.index;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.DriverTimeoutException;
import io.datapoints.connect.kairosdb.format.RowKeyCodec;
import io.datapoints.connect.model.Series;
import io.datapoints.connect.store.HandSetClock;
import io.datapoints.connect.store.cassandra.TestStores;
import io.datapoints.connect.store.cassandra.kairosdb.index.IndexEntry.Kind;
import io.datapoints.connect.store.cassandra.kairosdb.index.IndexEntry.Mark;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** At which rate entries are written once more, and in which turn. */
class LaterWritesTest {

  private final HandSetClock clock = new HandSetClock();
  private final Queue<Runnable> timer = new ArrayDeque<>();
  private final Map<RowKey, Long> marks = new HashMap<>();
  private final List<RowKey> written = new ArrayList<>();
  private int steps;
  private boolean away;

  private final LaterWrites later = new LaterWrites(timer::add, clock, () -> false, this::write);

  @Test
  void asManyAsThereIsRoomForAreWrittenAfterEachOfTheirPoints() {
    List<RowKey> keys = keys(LaterWrites.MOST);
    for (int period = 0; period < 5; period++) {
      period(keys);
    }
    // Nothing is due in the first period, and what came in the last still waits.
    assertThat(written).hasSize(4 * LaterWrites.MOST);
    assertThat(steps).as("not all at once").isEqualTo(written.size() / 100);
  }

  @Test
  void moreTakeTurnsAtABoundedRateAndNoneIsLeftOut() {
    int many = 9 * LaterWrites.MOST / 2;
    List<RowKey> keys = keys(many);
    int before = 0;
    for (int period = 0; period < 6; period++) {
      // The same come first in each period.
      period(keys);
      assertThat(written.size() - before).isLessThanOrEqualTo(LaterWrites.MOST);
      before = written.size();
    }
    assertThat(written).as("a turn").hasSize(many);
    assertThat(new HashSet<>(written)).hasSize(many);
    for (int period = 0; period < 12; period++) {
      period(keys);
      assertThat(written.size() - before).isLessThanOrEqualTo(LaterWrites.MOST);
      before = written.size();
    }
    assertThat(new HashSet<>(written.subList(many, written.size())))
        .as("another turn")
        .hasSize(many);
  }

  @Test
  void thereIsRoomForAllOnceThereAreFewAgain() {
    List<RowKey> keys = keys(15_000);
    period(keys);
    period(keys);
    List<RowKey> few = keys.subList(0, 10);
    for (int period = 0; period < 4; period++) {
      period(few);
    }
    written.clear();
    period(few);
    period(few);
    assertThat(written).hasSize(20);
  }

  @Test
  void theTimerStopsWhenNothingIsReliedOn() {
    List<RowKey> keys = keys(15_000);
    period(keys);
    for (int period = 0; period < 5; period++) {
      period(List.of());
    }
    assertThat(timer).isEmpty();
  }

  @Test
  void whatCouldNotBeWrittenWaitsOnceMore() {
    List<RowKey> keys = keys(250);
    period(keys);
    away = true;
    period(List.of());
    away = false;
    period(List.of());
    period(List.of());
    assertThat(written).hasSize(250);
  }

  /** A sender chooses how long the name of a series is. */
  @Test
  void longKeysAreBoundedInBytesAndTakeTurnsToo() {
    List<RowKey> keys = keys(200, 65_000);
    int before = 0;
    for (int period = 0; period < 20; period++) {
      period(keys);
      assertThat(written.size() - before).isLessThan(100);
      before = written.size();
    }
    assertThat(new HashSet<>(written)).hasSize(200);
  }

  /** Twenty seconds in which a point of each of these series is written. */
  private void period(List<RowKey> keys) {
    for (RowKey key : keys) {
      if (later.isKeyDue(marks.getOrDefault(key, new Mark(0, 0, 0).packed()))) {
        later.relyOn(List.of(key), List.of());
      }
    }
    clock.forward(LaterWrites.DELAY);
    if (!timer.isEmpty()) {
      timer.remove().run();
    }
  }

  private CompletableFuture<Void> write(List<IndexEntry> entries) {
    if (away) {
      return CompletableFuture.failedFuture(new DriverTimeoutException("slow"));
    }
    steps++;
    for (IndexEntry entry : entries) {
      assertThat(entry.kind()).isEqualTo(Kind.ROW_KEY);
      written.add(entry.key());
      marks.put(entry.key(), new Mark(clock.millis(), Demand.FOREVER, clock.millis()).packed());
    }
    return CompletableFuture.completedFuture(null);
  }

  private static List<RowKey> keys(int count) {
    return keys(count, 0);
  }

  private static List<RowKey> keys(int count, int padding) {
    RowKey.RowTime rowTime = RowKey.RowTime.of("m", 0);
    return IntStream.range(0, count)
        .mapToObj(
            number -> {
              Series series = TestStores.series("m", "h", "a".repeat(padding) + number);
              byte[] blob = RowKeyCodec.encode("m", 0, "kairos_long", series.tags());
              return new RowKey(blob, series, rowTime, "kairos_long");
            })
        .toList();
  }
}
