package io.datapoints.connect.store.cassandra.kairosdb;

import io.datapoints.connect.kairosdb.format.TtlPolicy;
import java.util.List;

/**
 * What a batch of points asks of the index entries that make it findable. All times are
 * milliseconds since the epoch.
 *
 * @param now when the batch is written
 * @param dataUntil when the last of its points expires, {@link #FOREVER} for never
 * @param indexUntil when KairosDB would let the index entries of that point expire
 */
record IndexDemand(long now, long dataUntil, long indexUntil) {

  /** Never expires. */
  static final long FOREVER = Long.MAX_VALUE;

  static IndexDemand of(List<PointRow> rows, TtlPolicy policy, long now) {
    int longest = -1;
    for (PointRow row : rows) {
      if (longest != 0) {
        longest = row.ttl() == 0 ? 0 : Math.max(longest, row.ttl());
      }
    }
    return new IndexDemand(
        now,
        expiry(longest, now),
        longest == 0 ? FOREVER : expiry(policy.cappedRowKeyTtl(longest, now), now));
  }

  /** The same batch's demand on an entry that never expires. */
  IndexDemand withoutExpiry() {
    return new IndexDemand(now, FOREVER, FOREVER);
  }

  private static long expiry(int ttl, long now) {
    return ttl == 0 ? FOREVER : now + ttl * 1000L;
  }
}
