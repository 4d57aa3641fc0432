package io.datapoints.connect.store.cassandra.kairosdb;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import io.datapoints.connect.kairosdb.format.TtlPolicy;
import io.datapoints.connect.model.SipHash.Fingerprint;
import io.datapoints.connect.store.cassandra.kairosdb.IndexEntry.Kind;
import io.datapoints.connect.store.cassandra.kairosdb.IndexEntry.Mark;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes the index entries that points need, and remembers those that were acknowledged. Asked on
 * the task thread; the stages complete on the driver's threads.
 *
 * <p>At most one write of an entry is under way. Who needs it meanwhile waits for the same one, or,
 * where its life is too short for that, for one more after it.
 */
final class IndexWriter {

  /**
   * The age at which an entry is written again although it is known to be there, since KairosDB may
   * have deleted it: an hour at most, where what is known counts in seconds, rounded up.
   */
  private static final long REFRESH_MILLIS = Duration.ofHours(1).minusSeconds(1).toMillis();

  private final IndexStatements statements;
  private final IndexLanes lanes;
  private final TtlPolicy policy;
  private final Clock clock;
  private final LaterWrites laterWrites;

  /** Guarded by this. */
  private final KnownEntries known;

  /** As many as the requests of points under way need, and a step of what is written later. */
  private final Map<Fingerprint, EntryWrite> underWay = new HashMap<>();

  private final ExpectedKeys expected = new ExpectedKeys();

  private long written;

  /** The time of the last write, in milliseconds since the epoch. */
  private long sentLast;

  /** What the points of a request need of the index. */
  static final class Need {

    private static final Need MET = new Need();

    private final List<Wait> waits = new ArrayList<>(0);

    /** Row keys that were in force before, and such whose row times or metric names were. */
    private final List<RowKey> keys = new ArrayList<>(0);

    private final List<RowKey> ofRowTimes = new ArrayList<>(0);

    /** Whether all of it is in force. */
    boolean isMet() {
      return waits.isEmpty();
    }

    /** Whether points that were written with it have to be told to {@link #relyOn}. */
    boolean relies() {
      return !keys.isEmpty() || !ofRowTimes.isEmpty();
    }

    /**
     * Completes normally once nothing is under way any more.
     *
     * @param rows how many rows the request has
     * @return for each row why its index could not be written, or null; empty where all is in force
     */
    CompletionStage<List<@Nullable Throwable>> settled(int rows) {
      return CompletableFuture.allOf(
              waits.stream().map(Wait::entry).toArray(CompletableFuture[]::new))
          .handle((all, error) -> error == null ? List.of() : failures(rows));
    }

    private List<@Nullable Throwable> failures(int rows) {
      List<@Nullable Throwable> failures = new ArrayList<>(Collections.nCopies(rows, null));
      for (Wait wait : waits) {
        if (wait.entry().isCompletedExceptionally()) {
          Throwable error = wait.entry().handle((done, failure) -> failure).join();
          Collections.fill(failures.subList(wait.from(), wait.to()), error);
        }
      }
      return failures;
    }
  }

  /** The rows from one up to before another wait for an entry. */
  private record Wait(int from, int to, CompletableFuture<Void> entry) {}

  /** A write of an entry. Guarded by the writer. */
  private static final class EntryWrite {
    final IndexEntry entry;
    final CompletableFuture<Void> done = new CompletableFuture<>();
    Demand demand;
    int unanswered;

    /** Since it was sent. */
    @Nullable Mark mark;

    @Nullable Throwable error;

    /** The one after it. */
    @Nullable EntryWrite next;

    EntryWrite(IndexEntry entry, Demand demand) {
      this.entry = entry;
      this.demand = demand;
    }
  }

  /** A row of a write, on its way. */
  private record EntryRow(IndexWriter writer, EntryWrite write, IndexStatements.Row content)
      implements IndexLanes.Row {

    @Override
    public BoundStatement bind() {
      return content.bind(writer.mark(write));
    }

    @Override
    public void written(@Nullable Throwable error) {
      writer.answered(write, error);
    }
  }

  /**
   * @param later runs a task after {@link LaterWrites#DELAY}, on any thread
   * @param closed whether nothing can be written any more
   */
  IndexWriter(
      IndexStatements statements,
      IndexLanes lanes,
      KnownEntries known,
      TtlPolicy policy,
      Executor later,
      BooleanSupplier closed,
      Clock clock) {
    this.statements = statements;
    this.lanes = lanes;
    this.known = known;
    this.policy = policy;
    this.clock = clock;
    this.laterWrites = new LaterWrites(later, clock, closed, this::again);
  }

  /** A point waits whose key may be a new one. */
  synchronized void expect(RowKey key, int ttl) {
    long packed = known.mark(key.entry());
    if (packed == KnownEntries.UNKNOWN
        || clock.millis() - Mark.writtenAt(packed) >= REFRESH_MILLIS) {
      expected.add(key, ttl);
    }
  }

  /**
   * What these points need; what of it is not in force is being written from now on.
   *
   * @param rows those of a partition are neighbours
   */
  Need need(List<PointRow> rows) {
    Asking asking = new Asking(clock.millis());
    synchronized (this) {
      int from = 0;
      while (from < rows.size()) {
        RowKey key = rows.get(from).partition();
        int ttl = rows.get(from).ttl();
        int to = from + 1;
        while (to < rows.size() && key.entry().equals(rows.get(to).partition().entry())) {
          ttl = Demand.longer(ttl, rows.get(to).ttl());
          to++;
        }
        asking.of(key, ttl, from, to);
        from = to;
      }
      expected.forget(key -> known.mark(key.entry()) != KnownEntries.UNKNOWN);
    }
    send(asking.started);
    return asking.need;
  }

  /** Finds out what one request needs, holding the writer's lock. */
  private final class Asking {
    final List<EntryWrite> started = new ArrayList<>(0);
    Need need = Need.MET;

    private final long now;

    /** KairosDB lets metric names live for ever. */
    private final Demand forEver;

    /** What the partition before asked for: as a rule all points have one life. */
    private Demand demand;

    private int demandTtl;

    /** Its row time, if that was in force and so is for the same demand. */
    private RowKey.@Nullable RowTime inForce;

    Asking(long now) {
      this.now = now;
      this.forEver = Demand.of(0, policy, now);
      this.demand = forEver;
    }

    void of(RowKey key, int ttl, int from, int to) {
      if (ttl != demandTtl) {
        demandTtl = ttl;
        demand = Demand.of(ttl, policy, now);
        inForce = null;
      }
      RowKey.RowTime rowTime = key.rowTime();
      if (!rowTime.equals(inForce)) {
        long name = met(Kind.METRIC_NAME, key, rowTime.metricName(), forEver, from, to);
        long time = met(Kind.ROW_TIME, key, rowTime.entry(), demand, from, to);
        boolean both = name != KnownEntries.UNKNOWN && time != KnownEntries.UNKNOWN;
        inForce = both ? rowTime : null;
        if ((name | time) != KnownEntries.UNKNOWN && laterWrites.isDue(time)) {
          need().ofRowTimes.add(key);
        }
      }
      long row = met(Kind.ROW_KEY, key, key.entry(), demand, from, to);
      if (row == KnownEntries.UNKNOWN) {
        takeAlong(rowTime);
      } else if (laterWrites.isDue(row)) {
        need().keys.add(key);
      }
    }

    /** No one waits for them yet: who will need one that fails asks for it again. */
    @SuppressWarnings("FutureReturnValueIgnored")
    private void takeAlong(RowKey.RowTime rowTime) {
      for (ExpectedKeys.Expected other : expected.take(rowTime)) {
        Fingerprint entry = other.key().entry();
        Demand asked = Demand.of(other.ttl(), policy, now);
        if (!underWay.containsKey(entry) && !asked.isMetBy(known.mark(entry), REFRESH_MILLIS)) {
          ask(new IndexEntry(Kind.ROW_KEY, other.key()), asked, started);
        }
      }
    }

    /** The packed mark of an entry that is in force; otherwise the rows wait for it. */
    private long met(Kind kind, RowKey key, Fingerprint entry, Demand asked, int from, int to) {
      long packed = known.mark(entry);
      if (asked.isMetBy(packed, REFRESH_MILLIS)) {
        return packed;
      }
      need().waits.add(new Wait(from, to, ask(new IndexEntry(kind, key), asked, started)));
      return KnownEntries.UNKNOWN;
    }

    private Need need() {
      if (need == Need.MET) {
        need = new Need();
      }
      return need;
    }
  }

  /**
   * Asks for a write of an entry, holding the lock.
   *
   * @param started takes a write that has to be sent
   * @return completes once one is acknowledged that meets the demand
   */
  private CompletableFuture<Void> ask(IndexEntry entry, Demand demand, List<EntryWrite> started) {
    EntryWrite current = underWay.get(entry.fingerprint());
    if (current == null) {
      EntryWrite first = new EntryWrite(entry, demand);
      underWay.put(entry.fingerprint(), first);
      started.add(first);
      return first.done;
    }
    if (current.mark == null) {
      current.demand = current.demand.and(demand);
      return current.done;
    }
    if (demand.isMetBy(current.mark.packed(), REFRESH_MILLIS)) {
      return current.done;
    }
    EntryWrite next = current.next;
    if (next == null) {
      next = new EntryWrite(entry, demand);
      current.next = next;
    } else {
      next.demand = next.demand.and(demand);
    }
    return next.done;
  }

  private void send(List<EntryWrite> writes) {
    if (writes.isEmpty()) {
      return;
    }
    try {
      List<EntryRow> rows = new ArrayList<>();
      for (EntryWrite write : writes) {
        List<IndexStatements.Row> contents = statements.rows(write.entry);
        write.unanswered = contents.size();
        contents.forEach(content -> rows.add(new EntryRow(this, write, content)));
      }
      lanes.write(rows);
    } catch (RuntimeException e) {
      // Of the driver's, before anything was sent.
      for (EntryWrite write : writes) {
        write.unanswered = 1;
        answered(write, e);
      }
    }
  }

  /** What is sent, in each attempt; decided when the first row is. */
  private synchronized Mark mark(EntryWrite write) {
    Mark mark = write.mark;
    if (mark == null) {
      // Also where the clock is set back between an attempt of unknown end and the next.
      sentLast = Math.max(sentLast, clock.millis());
      mark = write.demand.next(sentLast, known.mark(write.entry.fingerprint()));
      write.mark = mark;
    }
    return mark;
  }

  private void answered(EntryWrite write, @Nullable Throwable error) {
    EntryWrite next;
    synchronized (this) {
      if (error == null) {
        written++;
      } else {
        write.error = error;
      }
      write.unanswered--;
      if (write.unanswered > 0) {
        return;
      }
      Fingerprint entry = write.entry.fingerprint();
      if (write.error == null && write.mark != null) {
        known.note(entry, write.mark.packed());
      }
      next = write.next;
      if (next == null) {
        underWay.remove(entry);
      } else {
        underWay.put(entry, next);
      }
    }
    if (next != null) {
      send(List.of(next));
    }
    if (write.error == null) {
      write.done.complete(null);
    } else {
      write.done.completeExceptionally(write.error);
    }
  }

  /** Points have been written that relied on what was in force before. */
  void relyOn(Need need) {
    laterWrites.relyOn(need.keys, need.ofRowTimes);
  }

  /** Writes entries once more with the lives that they have; not those that are over. */
  private CompletionStage<?> again(List<IndexEntry> entries) {
    long now = clock.millis();
    Demand demand = new Demand(now, now, now);
    List<CompletableFuture<Void>> asked = new ArrayList<>();
    List<EntryWrite> started = new ArrayList<>();
    synchronized (this) {
      for (IndexEntry entry : entries) {
        long packed = known.mark(entry.fingerprint());
        if (packed != KnownEntries.UNKNOWN && Mark.expiresAt(packed) > now) {
          asked.add(ask(entry, demand, started));
        }
      }
    }
    send(started);
    return CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new));
  }

  /** Rows of the index that were acknowledged. */
  synchronized long written() {
    return written;
  }
}
