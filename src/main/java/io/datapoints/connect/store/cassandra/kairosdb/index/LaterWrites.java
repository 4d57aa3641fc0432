package io.datapoints.connect.store.cassandra.kairosdb.index;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import io.datapoints.connect.model.SipHash.Fingerprint;
import io.datapoints.connect.store.HeapBytes;
import io.datapoints.connect.store.cassandra.failure.Failures;
import io.datapoints.connect.store.cassandra.kairosdb.index.IndexEntry.Kind;
import io.datapoints.connect.store.cassandra.kairosdb.index.IndexEntry.Mark;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
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

  /** The bytes of both kinds together: a sender chooses how long a key is. */
  private static final long MOST_BYTES = 6L * 1024 * 1024;

  /**
   * Keys and row times that are written at a time, so that points in between do not wait for all.
   */
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

  /** Whether {@link #full} with as many row keys as there may be. */
  private volatile boolean keysFull;

  /** What was relied on since the timer ran, and before that. Guarded by this. */
  private Period young = new Period();

  private Period old = new Period();
  private boolean timed;
  private boolean busy;

  /** Whether there was no room for all in this period. */
  private boolean full;

  /**
   * What points relied on, in few bytes: the objects of a series would take several times as much.
   *
   * @param key the bytes of a row key; null for a row time with the name of its metric
   */
  @SuppressWarnings("ArrayRecordComponent")
  private record Relied(Fingerprint entry, RowKey.RowTime rowTime, byte @Nullable [] key) {

    /** With its fingerprint and its place in a set. */
    private static final int HEAP_BYTES = 24 + 32 + 56;

    /** A row time, with its fingerprints. */
    private static final int ROW_TIME_BYTES = 32 + 2 * 32;

    static Relied on(RowKey key) {
      return new Relied(key.entry(), key.rowTime(), key.blob());
    }

    static Relied on(RowKey.RowTime rowTime) {
      return new Relied(rowTime.entry(), rowTime, null);
    }

    Stream<IndexEntry> entries() {
      return key == null
          ? Stream.of(
              new IndexEntry(Kind.METRIC_NAME, rowTime, null),
              new IndexEntry(Kind.ROW_TIME, rowTime, null))
          : Stream.of(IndexEntry.of(Kind.ROW_KEY, RowKey.of(key, rowTime)));
    }

    int bytes() {
      return HEAP_BYTES
          + (key == null
              ? ROW_TIME_BYTES + HeapBytes.of(rowTime.metric())
              : HeapBytes.ofBytes(key.length));
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Relied that && entry.equals(that.entry);
    }

    @Override
    public int hashCode() {
      return entry.hashCode();
    }
  }

  /** All that points relied on in a period. */
  private static final class Period {
    final Set<Relied> keys = new LinkedHashSet<>();
    final Set<Relied> rowTimes = new LinkedHashSet<>();
    long bytes;

    /** Those of the same kind. */
    Set<Relied> like(Relied relied) {
      return relied.key == null ? rowTimes : keys;
    }

    boolean isEmpty() {
      return keys.isEmpty() && rowTimes.isEmpty();
    }

    List<Relied> all() {
      // Those of a row time are rows of one partition, which cost little together.
      Stream<Relied> sorted =
          keys.stream()
              .collect(groupingBy(Relied::rowTime, LinkedHashMap::new, toList()))
              .values()
              .stream()
              .flatMap(List::stream);
      return Stream.concat(rowTimes.stream(), sorted).toList();
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
   * Whether a row time may be written once more by now.
   *
   * @param packed its packed {@link Mark}
   */
  boolean isDue(long packed) {
    return Mark.writtenAt(packed) <= turn;
  }

  /** The same for a row key, of which there are many: not once a period has no room for more. */
  boolean isKeyDue(long packed) {
    return !keysFull && isDue(packed);
  }

  /**
   * Points that rely on these entries have been written.
   *
   * @param rowTimes those that are relied on themselves, or by the names of their metrics
   */
  synchronized void relyOn(List<RowKey> keys, List<RowKey.RowTime> rowTimes) {
    for (RowKey.RowTime rowTime : rowTimes) {
      add(Relied.on(rowTime));
    }
    for (RowKey key : keys) {
      add(Relied.on(key));
    }
    startTimer();
  }

  private void startTimer() {
    if (!timed) {
      timed = true;
      later.execute(this::timeUp);
    }
  }

  private void add(Relied relied) {
    Set<Relied> others = young.like(relied);
    if (!others.contains(relied)
        && !waitsAnyway(old.like(relied).contains(relied))
        && hasRoom(others.size(), relied)) {
      others.add(relied);
      young.bytes += relied.bytes();
    }
  }

  /** Where there is room for all, what waits for points before waits for these once more. */
  private boolean waitsAnyway(boolean waits) {
    return waits && turn != ALL;
  }

  private boolean hasRoom(int taken, Relied relied) {
    if (taken < MOST && young.bytes + relied.bytes() <= MOST_BYTES) {
      return true;
    }
    if (turn == ALL) {
      turn = clock.millis();
    }
    full = true;
    keysFull = young.keys.size() == MOST;
    return false;
  }

  /** On the timer's thread. */
  private void timeUp() {
    if (closed.getAsBoolean()) {
      return;
    }
    List<Relied> due;
    synchronized (this) {
      if (!full) {
        turn = ALL;
      }
      full = false;
      keysFull = false;
      // What was due before is still being written; until then the others wait.
      due = busy ? List.of() : old.all();
      if (!busy) {
        old = young;
        young = new Period();
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
  private void write(List<Relied> due, int from) {
    int to = Math.min(due.size(), from + STEP);
    writing
        .apply(due.subList(from, to).stream().flatMap(Relied::entries).toList())
        .whenComplete(
            (done, error) -> {
              if (error != null) {
                log.info(
                    "Index rows are written once more later: {}",
                    Failures.unwrap(error).getClass());
                end(due.subList(from, due.size()));
              } else if (to == due.size()) {
                end(List.of());
              } else {
                write(due, to);
              }
            });
  }

  private void end(List<Relied> left) {
    synchronized (this) {
      busy = false;
      left.forEach(this::add);
      if (!left.isEmpty()) {
        startTimer();
      }
    }
  }
}
