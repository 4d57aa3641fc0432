package io.datapoints.connect.store.cassandra.kairosdb.index;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import io.datapoints.connect.store.cassandra.failure.Failures;
import io.datapoints.connect.store.cassandra.kairosdb.index.IndexEntry.Kind;
import io.datapoints.connect.store.cassandra.kairosdb.index.IndexEntry.Mark;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes index entries once more that points relied on, {@link #DELAY} to twice as long after the
 * points, since KairosDB may have deleted them. So points are found within a minute. What waits for
 * that is lost with the process.
 *
 * <p>Of row keys and of row times {@link #MOST} each are written in a period. Where points rely on
 * more, they take turns: those that were written before the turn began, until no more of them are
 * relied on than there is room for; then the next turn begins. So the rate is bounded, no entry is
 * written twice while another one waits for its first time, and the wait grows with their number.
 *
 * <p>Used on any thread.
 */
final class LaterWrites {

  /** More than the clocks of a cluster differ; twice as much is less than a minute. */
  static final Duration DELAY = Duration.ofSeconds(20);

  /** Entries of one kind that are written in a period. */
  static final int MOST = 5_000;

  /** The same in bytes of their keys, which a sender chooses. */
  private static final long MOST_BYTES = 8L * 1024 * 1024;

  /** Entries that are written at a time, so that points in between do not wait for all. */
  private static final int STEP = 100;

  /** No turns: there is room for all. */
  private static final long ALL = Long.MAX_VALUE;

  private static final Logger log = LoggerFactory.getLogger(LaterWrites.class);

  private final Executor later;
  private final Clock clock;
  private final BooleanSupplier closed;
  private final Function<List<IndexEntry>, CompletionStage<?>> writing;

  /** Entries whose last write was after this have had their turn. */
  private volatile long turn = ALL;

  /** What was relied on since the timer ran, and before that. Guarded by this. */
  private ReliedOn young = new ReliedOn();

  private ReliedOn old = new ReliedOn();
  private boolean timed;
  private boolean busy;

  /** Whether there was no room for all in this period. */
  private boolean full;

  /** Row keys, and row times with the names of their metrics, each with a key that needs it. */
  private static final class ReliedOn {
    final Set<RowKey> keys = new LinkedHashSet<>();
    final Map<RowKey.RowTime, RowKey> rowTimes = new LinkedHashMap<>();
    long bytes;

    boolean isEmpty() {
      return keys.isEmpty() && rowTimes.isEmpty();
    }

    List<IndexEntry> entries() {
      List<IndexEntry> entries = new ArrayList<>();
      for (RowKey key : rowTimes.values()) {
        entries.add(new IndexEntry(Kind.METRIC_NAME, key));
        entries.add(new IndexEntry(Kind.ROW_TIME, key));
      }
      // Those of a row time are rows of one partition, which cost little together.
      keys.stream()
          .collect(groupingBy(RowKey::rowTime, LinkedHashMap::new, toList()))
          .values()
          .forEach(
              ofRowTime ->
                  ofRowTime.forEach(key -> entries.add(new IndexEntry(Kind.ROW_KEY, key))));
      return entries;
    }
  }

  /**
   * @param later runs a task after {@link #DELAY}, on any thread
   * @param closed whether nothing can be written any more
   * @param writing writes entries once more; fails when one of them could not be written
   */
  LaterWrites(
      Executor later,
      Clock clock,
      BooleanSupplier closed,
      Function<List<IndexEntry>, CompletionStage<?>> writing) {
    this.later = later;
    this.clock = clock;
    this.closed = closed;
    this.writing = writing;
  }

  /**
   * Whether an entry may be written once more by now.
   *
   * @param packed its packed {@link Mark}
   */
  boolean isDue(long packed) {
    return Mark.writtenAt(packed) <= turn;
  }

  /**
   * Points that rely on these entries have been written.
   *
   * @param keys row keys
   * @param ofRowTimes row keys whose row times, and the names of whose metrics, are relied on
   */
  synchronized void relyOn(List<RowKey> keys, List<RowKey> ofRowTimes) {
    for (RowKey key : ofRowTimes) {
      RowKey.RowTime rowTime = key.rowTime();
      if (!young.rowTimes.containsKey(rowTime)
          && !waitsAnyway(old.rowTimes.containsKey(rowTime))
          && hasRoom(young.rowTimes.size(), key)) {
        young.rowTimes.put(rowTime, key);
        young.bytes += key.keyBytes();
      }
    }
    for (RowKey key : keys) {
      if (!young.keys.contains(key)
          && !waitsAnyway(old.keys.contains(key))
          && hasRoom(young.keys.size(), key)) {
        young.keys.add(key);
        young.bytes += key.keyBytes();
      }
    }
    if (!timed) {
      timed = true;
      later.execute(this::timeUp);
    }
  }

  /** Where there is room for all, what waits for points before waits for these once more. */
  private boolean waitsAnyway(boolean waits) {
    return waits && turn != ALL;
  }

  private boolean hasRoom(int taken, RowKey key) {
    if (taken < MOST && young.bytes + key.keyBytes() <= MOST_BYTES) {
      return true;
    }
    if (turn == ALL) {
      turn = clock.millis();
    }
    full = true;
    return false;
  }

  /** On the timer's thread. */
  private void timeUp() {
    if (closed.getAsBoolean()) {
      return;
    }
    List<IndexEntry> due;
    synchronized (this) {
      if (!full) {
        turn = ALL;
      }
      full = false;
      // What was due before is still being written; until then the others wait.
      due = busy ? List.of() : old.entries();
      if (!busy) {
        old = young;
        young = new ReliedOn();
        busy = !due.isEmpty();
      }
      timed = !old.isEmpty() || !young.isEmpty();
      if (timed) {
        later.execute(this::timeUp);
      }
    }
    if (!due.isEmpty()) {
      write(due, 0);
    }
  }

  /** One step after the other. */
  private void write(List<IndexEntry> entries, int from) {
    int to = Math.min(entries.size(), from + STEP);
    writing
        .apply(entries.subList(from, to))
        .whenComplete(
            (done, error) -> {
              if (error != null) {
                log.info(
                    "Index rows are written once more later: {}",
                    Failures.unwrap(error).getClass());
                end(entries.subList(from, entries.size()));
              } else if (to == entries.size()) {
                end(List.of());
              } else {
                write(entries, to);
              }
            });
  }

  private void end(List<IndexEntry> left) {
    synchronized (this) {
      busy = false;
    }
    if (!left.isEmpty()) {
      // A metric name goes with its row time.
      relyOn(keys(left, Kind.ROW_KEY), keys(left, Kind.ROW_TIME));
    }
  }

  private static List<RowKey> keys(List<IndexEntry> entries, Kind kind) {
    return entries.stream().filter(entry -> entry.kind() == kind).map(IndexEntry::key).toList();
  }
}
