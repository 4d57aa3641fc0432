package io.datapoints.connect.store.cassandra.kairosdb.index;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.internal.core.context.InternalDriverContext;
import io.datapoints.connect.kairosdb.format.TtlPolicy;
import io.datapoints.connect.model.SipHash.Fingerprint;
import io.datapoints.connect.store.cassandra.kairosdb.index.EntryWrites.EntryWrite;
import io.datapoints.connect.store.cassandra.kairosdb.index.IndexEntry.Kind;
import io.datapoints.connect.store.cassandra.kairosdb.index.IndexEntry.Mark;
import io.datapoints.connect.store.cassandra.request.SharedBatchLimits;
import io.netty.util.concurrent.EventExecutorGroup;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Writes the index entries that points need, and remembers those that were acknowledged. Asked on
 * the task thread; the stages complete on the driver's threads.
 */
public final class IndexWriter {

  private final TtlPolicy policy;
  private final Clock clock;
  private final LaterWrites laterWrites;

  /** Its lock is that of {@link #expected} too. */
  private final EntryWrites writes;

  private final ExpectedKeys expected = new ExpectedKeys();

  /**
   * Of one task.
   *
   * @param indexedTags the setting of the tag index
   * @param groups the replicas of a partition key, null where they are not known
   * @param memoryBytes the most memory for what is known to be in force
   * @param later runs a task after {@link LaterWrites#DELAY}, on any thread
   */
  public IndexWriter(
      CqlSession session,
      IndexStatements statements,
      Map<String, List<String>> indexedTags,
      Function<ByteBuffer[], @Nullable Object> groups,
      SharedBatchLimits limits,
      long memoryBytes,
      TtlPolicy policy,
      Executor later,
      Clock clock) {
    this.policy = policy;
    this.clock = clock;
    this.writes =
        new EntryWrites(
            new IndexRows(statements, indexedTags),
            new IndexLanes(session, groups, limits),
            new KnownEntries(memoryBytes),
            clock);
    this.laterWrites = new LaterWrites(later, clock, session::isClosed, this::again);
  }

  /**
   * Runs tasks after {@link LaterWrites#DELAY} on a thread that the session has anyway and takes
   * with it: the JDK's own timer stays.
   */
  @SuppressWarnings("FutureReturnValueIgnored") // It is never cancelled, and cannot fail.
  public static Executor timer(CqlSession session) {
    EventExecutorGroup threads =
        ((InternalDriverContext) session.getContext()).getNettyOptions().adminEventExecutorGroup();
    return task -> threads.schedule(task, LaterWrites.DELAY.toSeconds(), TimeUnit.SECONDS);
  }

  /** A point waits whose key may be a new one. */
  public void expect(RowKey key, int ttl) {
    synchronized (writes) {
      long packed = writes.known(key.entry());
      if (packed == KnownEntries.UNKNOWN
          || clock.millis() - Mark.writtenAt(packed) >= EntryWrites.REFRESH_MILLIS) {
        expected.add(key, ttl);
      }
    }
  }

  /**
   * What these points need; what of it is not in force is being written from now on.
   *
   * @param rows those of a partition are neighbours
   */
  public IndexNeed need(List<? extends IndexedRow> rows) {
    Asking asking = new Asking(clock.millis());
    synchronized (writes) {
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
      expected.forget(key -> writes.known(key.entry()) != KnownEntries.UNKNOWN);
    }
    writes.send(asking.started);
    return asking.need;
  }

  /** Finds out what one request needs, with the lock of the writes held. */
  private final class Asking {
    final List<EntryWrite> started = new ArrayList<>(0);
    IndexNeed need = IndexNeed.MET;

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
          need().relyOnRowTime(rowTime);
        }
      }
      long row = met(Kind.ROW_KEY, key, key.entry(), demand, from, to);
      if (row == KnownEntries.UNKNOWN) {
        takeAlong(rowTime);
      } else if (laterWrites.isKeyDue(row)) {
        need().relyOnRowKey(key);
      }
    }

    /** No one waits for them yet: who will need one that fails asks for it again. */
    @SuppressWarnings("FutureReturnValueIgnored")
    private void takeAlong(RowKey.RowTime rowTime) {
      for (ExpectedKeys.Expected other : expected.take(rowTime)) {
        Fingerprint entry = other.key().entry();
        Demand asked = Demand.of(other.ttl(), policy, now);
        if (!writes.isUnderWay(entry)
            && !asked.isMetBy(writes.known(entry), EntryWrites.REFRESH_MILLIS)) {
          writes.ask(IndexEntry.of(Kind.ROW_KEY, other.key()), asked, started);
        }
      }
    }

    /** The packed mark of an entry that is in force; otherwise the rows wait for it. */
    private long met(Kind kind, RowKey key, Fingerprint entry, Demand asked, int from, int to) {
      long packed = writes.known(entry);
      if (asked.isMetBy(packed, EntryWrites.REFRESH_MILLIS)) {
        return packed;
      }
      need().await(from, to, writes.ask(IndexEntry.of(kind, key), asked, started));
      return KnownEntries.UNKNOWN;
    }

    private IndexNeed need() {
      if (need == IndexNeed.MET) {
        need = new IndexNeed();
      }
      return need;
    }
  }

  /** Points have been written that relied on what was in force before. */
  public void relyOn(IndexNeed need) {
    laterWrites.relyOn(need.keys(), need.rowTimes());
  }

  /** Writes entries once more with the lives that they have; not those that are over. */
  private CompletionStage<?> again(List<IndexEntry> entries) {
    long now = clock.millis();
    Demand demand = new Demand(now, now, now);
    List<CompletableFuture<Void>> asked = new ArrayList<>();
    List<EntryWrite> started = new ArrayList<>();
    synchronized (writes) {
      for (IndexEntry entry : entries) {
        long packed = writes.known(entry.fingerprint());
        if (packed != KnownEntries.UNKNOWN && Mark.expiresAt(packed) > now) {
          asked.add(writes.ask(entry, demand, started));
        }
      }
    }
    writes.send(started);
    return CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new));
  }

  /** Rows of the index that were acknowledged. */
  public long written() {
    return writes.written();
  }
}
