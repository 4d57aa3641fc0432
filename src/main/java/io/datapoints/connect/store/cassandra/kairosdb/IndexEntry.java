package io.datapoints.connect.store.cassandra.kairosdb;

import io.datapoints.connect.kairosdb.format.TtlPolicy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One row of an index table (with its siblings in {@code tag_indexed_row_keys}), and what is known
 * about it. The task thread asks whether it is due; it and the driver's threads write it, and one
 * of the latter notes that it was acknowledged. Forgetting it costs one more write and nothing
 * else.
 */
final class IndexEntry {

  /** A gain in life that is worth a write; matters only where a limit of the server cuts lives. */
  private static final long WORTHWHILE_MILLIS = 3_600_000;

  private volatile @Nullable Mark acknowledged;

  /** The last write that was sent, whatever became of it. Guarded by this. */
  private @Nullable Mark sent;

  /**
   * What a batch of points asks of the index entries that make it findable. All times are
   * milliseconds since the epoch.
   *
   * @param now when the batch is written
   * @param dataUntil when the last of its points expires, {@link #FOREVER} for never
   * @param indexUntil when KairosDB would let the index entries of that point expire
   */
  record Demand(long now, long dataUntil, long indexUntil) {

    /** Never expires. */
    static final long FOREVER = Long.MAX_VALUE;

    static Demand of(List<PointRow> rows, TtlPolicy policy, long now) {
      int longest = -1;
      for (PointRow row : rows) {
        if (longest != 0) {
          longest = row.ttl() == 0 ? 0 : Math.max(longest, row.ttl());
        }
      }
      return new Demand(
          now,
          expiry(longest, now),
          longest == 0 ? FOREVER : expiry(policy.cappedRowKeyTtl(longest, now), now));
    }

    /** The same batch's demand on an entry that never expires. */
    Demand withoutExpiry() {
      return new Demand(now, FOREVER, FOREVER);
    }

    private static long expiry(int ttl, long now) {
      return ttl == 0 ? FOREVER : now + ttl * 1000L;
    }
  }

  /**
   * One write of the entry. All times are milliseconds since the epoch.
   *
   * @param writtenAt when
   * @param expiresAt until when the entry lives, {@link Demand#FOREVER} for always
   * @param timestamp the write timestamp
   */
  record Mark(long writtenAt, long expiresAt, long timestamp) {

    /** The seconds to live from the time of the write, 0 for ever. */
    int ttl() {
      return expiresAt == Demand.FOREVER ? 0 : (int) ((expiresAt - writtenAt + 999) / 1000);
    }
  }

  /**
   * Whether the entry has to be written before the batch: it is not known to be there, a point
   * would outlive it, or it is so old that KairosDB may have deleted it since.
   *
   * @param refreshMillis the age at which it is written again
   */
  boolean due(Demand demand, long refreshMillis) {
    Mark mark = acknowledged;
    return mark == null
        || demand.now() - mark.writtenAt() >= refreshMillis
        || (demand.dataUntil() > mark.expiresAt()
            && demand.indexUntil() - mark.expiresAt() >= WORTHWHILE_MILLIS);
  }

  /**
   * The write that satisfies the demand. Its timestamp is the present, as KairosDB's own: with that
   * of an old record, a deletion in between would hide it. It carries the longest life that was
   * ever sent, and a later timestamp than each write before, so that whichever of two writes under
   * way is the last to arrive, the longest life is in force.
   */
  synchronized Mark next(Demand demand) {
    Mark last = sent;
    Mark next =
        last == null
            ? new Mark(demand.now(), demand.indexUntil(), demand.now())
            : new Mark(
                demand.now(),
                Math.max(demand.indexUntil(), last.expiresAt()),
                Math.max(demand.now(), last.timestamp() + 1));
    sent = next;
    return next;
  }

  /** Whether what was sent last has not expired. */
  synchronized boolean livesAt(long now) {
    return sent != null && sent.expiresAt() > now;
  }

  /** The entry once more, with the life that it has. */
  Mark again(long now) {
    return next(new Demand(now, now, now));
  }

  /** Of two acknowledgements the one of the later write counts. */
  synchronized void acknowledge(Mark mark) {
    Mark known = acknowledged;
    if (known == null || known.timestamp() < mark.timestamp()) {
      acknowledged = mark;
    }
  }
}
