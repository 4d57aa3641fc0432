package io.datapoints.connect.store.cassandra;

import org.jspecify.annotations.Nullable;

/**
 * One row of an index table (with its siblings in {@code tag_indexed_row_keys}), and what is known
 * about it. The task thread asks whether it is due; a driver thread notes that it was acknowledged.
 * Forgetting it costs one more write and nothing else.
 */
final class IndexEntry {

  /** A gain in life that is worth a write; matters only where a limit of the server cuts lives. */
  private static final long WORTHWHILE_MILLIS = 3_600_000;

  private volatile @Nullable Mark acknowledged;

  /**
   * One write of the entry. All times are milliseconds since the epoch.
   *
   * @param writtenAt when
   * @param expiresAt until when the entry lives, {@link IndexDemand#FOREVER} for always
   * @param timestamp the write timestamp
   */
  record Mark(long writtenAt, long expiresAt, long timestamp) {

    /** The seconds to live from the time of the write, 0 for ever. */
    int ttl() {
      return expiresAt == IndexDemand.FOREVER ? 0 : (int) ((expiresAt - writtenAt + 999) / 1000);
    }
  }

  /**
   * Whether the entry has to be written before the batch: it is not known to be there, a point
   * would outlive it, or it is so old that KairosDB may have deleted it since.
   *
   * @param refreshMillis the age at which it is written again
   */
  boolean due(IndexDemand demand, long refreshMillis) {
    Mark mark = acknowledged;
    return mark == null
        || demand.now() - mark.writtenAt() >= refreshMillis
        || (demand.dataUntil() > mark.expiresAt()
            && demand.indexUntil() - mark.expiresAt() >= WORTHWHILE_MILLIS);
  }

  /**
   * The write that satisfies the demand. It never shortens a life that is known, and where it
   * prolongs one it carries a later timestamp than the write before: with an older or the same one,
   * Cassandra would keep the row that expires.
   */
  Mark next(IndexDemand demand) {
    Mark mark = acknowledged;
    if (mark == null) {
      return new Mark(demand.now(), demand.indexUntil(), demand.timestamp());
    }
    boolean prolongs = demand.indexUntil() > mark.expiresAt();
    return new Mark(
        demand.now(),
        Math.max(demand.indexUntil(), mark.expiresAt()),
        Math.max(demand.timestamp(), prolongs ? mark.timestamp() + 1 : mark.timestamp()));
  }

  void acknowledge(Mark mark) {
    acknowledged = mark;
  }
}
