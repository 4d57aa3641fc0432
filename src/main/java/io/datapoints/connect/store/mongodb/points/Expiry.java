package io.datapoints.connect.store.mongodb.points;

import io.datapoints.connect.config.KairosConfig;
import io.datapoints.connect.model.DataPoint;
import io.datapoints.connect.model.RecordOrigin;

/**
 * When points end. KairosDB counts a time to live from the write; here it counts from the record's
 * timestamp, or from the point's own time when aligned or when the record has none, so that a
 * replay gives the same date again. Cassandra's limits do not apply.
 *
 * @param ttl the default, whether it is forced on all points, and whether it is aligned
 */
public record Expiry(KairosConfig.Ttl ttl) {

  /**
   * Stands for a point that stays for ever: 9999-12-31T23:59:59.999Z, the last date of ISO 8601.
   */
  public static final long NEVER = 253_402_300_799_999L;

  /** Stands for a time to live below zero. */
  static final long NEGATIVE = Long.MIN_VALUE;

  /** Milliseconds since the epoch, {@link #NEVER} or {@link #NEGATIVE}. */
  long of(DataPoint point) {
    int seconds = ttl.force() || point.ttl() == 0 ? ttl.defaultSeconds() : point.ttl();
    if (seconds < 0) {
      return NEGATIVE;
    }
    if (seconds == 0) {
      return NEVER;
    }
    long recordTime = point.origin().timestamp();
    long start =
        ttl.align() || recordTime == RecordOrigin.NO_TIMESTAMP ? point.timestamp() : recordTime;
    return start >= NEVER ? NEVER : Math.min(NEVER, start + seconds * 1000L);
  }
}
