package io.datapoints.connect.store.cassandra.kairosdb.index;

import io.datapoints.connect.kairosdb.format.TtlPolicy;
import io.datapoints.connect.store.cassandra.kairosdb.index.IndexEntry.Mark;

/**
 * What points ask of the index entries that make them findable. All times are milliseconds since
 * the epoch.
 *
 * @param now when the points are written
 * @param dataUntil when the last of them expires, {@link #FOREVER} for never
 * @param indexUntil when KairosDB would let the index entries of that point expire
 */
record Demand(long now, long dataUntil, long indexUntil) {

  /** Never expires. */
  static final long FOREVER = Long.MAX_VALUE;

  /** A gain in life that is worth a write; matters only where a limit of the server cuts lives. */
  private static final long WORTHWHILE_MILLIS = 3_600_000;

  /**
   * The demand of points of which this is the longest life.
   *
   * @param ttl the seconds to live, 0 for ever
   */
  static Demand of(int ttl, TtlPolicy policy, long now) {
    return new Demand(
        now, expiry(ttl, now), ttl == 0 ? FOREVER : expiry(policy.cappedRowKeyTtl(ttl, now), now));
  }

  private static long expiry(int ttl, long now) {
    return ttl == 0 ? FOREVER : now + ttl * 1000L;
  }

  /** Of two lives in seconds the longer one, where 0 is for ever. */
  static int longer(int ttl, int other) {
    return ttl == 0 || other == 0 ? 0 : Math.max(ttl, other);
  }

  /** The same points' demand on an entry that never expires. */
  Demand withoutExpiry() {
    return new Demand(now, FOREVER, FOREVER);
  }

  /** What satisfies both, at the later of their times. */
  Demand and(Demand other) {
    return new Demand(
        Math.max(now, other.now),
        Math.max(dataUntil, other.dataUntil),
        Math.max(indexUntil, other.indexUntil));
  }

  /**
   * Whether an entry need not be written before the points: it is known to be there, no point
   * outlives it, and it is not so old that KairosDB may have deleted it since.
   *
   * @param packed the packed {@link Mark} of the entry, or {@link KnownEntries#UNKNOWN}
   * @param refreshMillis the age at which it is written again
   */
  boolean isMetBy(long packed, long refreshMillis) {
    return packed != KnownEntries.UNKNOWN
        && now - Mark.writtenAt(packed) < refreshMillis
        && (dataUntil <= Mark.expiresAt(packed)
            || indexUntil - Mark.expiresAt(packed) < WORTHWHILE_MILLIS);
  }

  /**
   * The write that satisfies the demand. Its timestamp is the present, as KairosDB's own: with that
   * of an old record, a deletion in between would hide it. It carries the longest life that is
   * known, and a later timestamp than the write that is known.
   *
   * @param present when it is sent
   * @param packed the packed {@link Mark} of the entry, or {@link KnownEntries#UNKNOWN}
   */
  Mark next(long present, long packed) {
    return new Mark(
        present,
        Math.max(indexUntil, Mark.expiresAt(packed)),
        Math.max(present, Mark.writtenAt(packed) + 1));
  }
}
