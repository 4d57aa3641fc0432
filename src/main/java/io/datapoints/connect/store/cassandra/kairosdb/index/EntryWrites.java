package io.datapoints.connect.store.cassandra.kairosdb.index;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import io.datapoints.connect.model.SipHash.Fingerprint;
import io.datapoints.connect.store.cassandra.kairosdb.index.IndexEntry.Mark;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The writes of index entries that are under way, and the entries that were acknowledged.
 *
 * <p>At most one write of an entry is under way. Who needs it meanwhile waits for the same one, or,
 * where its life is too short for that, for one more after it.
 *
 * <p>Used on any thread. What is asked in one go holds the lock of this object for as long, and
 * sends what it started once it has let go of it.
 */
final class EntryWrites {

  /**
   * The age at which an entry is written again although it is known to be there, since KairosDB may
   * have deleted it: an hour at most, where what is known counts in seconds, rounded up.
   */
  static final long REFRESH_MILLIS = Duration.ofHours(1).minusSeconds(1).toMillis();

  private final IndexRows rows;
  private final IndexLanes lanes;
  private final Clock clock;

  /** Guarded by this. */
  private final KnownEntries known;

  /** As many as the requests of points under way need, and a step of what is written later. */
  private final Map<Fingerprint, EntryWrite> underWay = new HashMap<>();

  private long written;

  /** The time of the last write, in milliseconds since the epoch. */
  private long sentLast;

  /** A write of an entry. Guarded by its owner. */
  static final class EntryWrite {
    private final IndexEntry entry;
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private Demand demand;
    private int unanswered;

    /** Since it was sent. */
    private @Nullable Mark mark;

    private @Nullable Throwable error;

    /** The one after it. */
    private @Nullable EntryWrite next;

    private EntryWrite(IndexEntry entry, Demand demand) {
      this.entry = entry;
      this.demand = demand;
    }
  }

  /** A row of a write, on its way. */
  private record EntryRow(EntryWrites writes, EntryWrite write, IndexRows.Row content)
      implements IndexLanes.Row {

    @Override
    public BoundStatement bind() {
      return content.bind(writes.mark(write));
    }

    @Override
    public void written(@Nullable Throwable error) {
      writes.answered(write, error);
    }
  }

  EntryWrites(IndexRows rows, IndexLanes lanes, KnownEntries known, Clock clock) {
    this.rows = rows;
    this.lanes = lanes;
    this.known = known;
    this.clock = clock;
  }

  /** The packed mark of an entry's last acknowledged write; called with the lock held. */
  long known(Fingerprint entry) {
    return known.mark(entry);
  }

  /** Whether a write of an entry is under way; called with the lock held. */
  boolean isUnderWay(Fingerprint entry) {
    return underWay.containsKey(entry);
  }

  /**
   * Asks for a write of an entry; called with the lock held.
   *
   * @param started takes a write that has to be sent
   * @return completes once one is acknowledged that meets the demand
   */
  CompletableFuture<Void> ask(IndexEntry entry, Demand demand, List<EntryWrite> started) {
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

  /** Sends what was started; called without the lock. */
  void send(List<EntryWrite> writes) {
    if (writes.isEmpty()) {
      return;
    }
    try {
      List<EntryRow> all = new ArrayList<>();
      for (EntryWrite write : writes) {
        List<IndexRows.Row> contents = rows.of(write.entry);
        write.unanswered = contents.size();
        contents.forEach(content -> all.add(new EntryRow(this, write, content)));
      }
      lanes.write(all);
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

  /** Rows of the index that were acknowledged. */
  synchronized long written() {
    return written;
  }
}
