package io.datapoints.connect.store.cassandra.request;

import io.datapoints.connect.model.DataPoint;
import io.datapoints.connect.model.RecordOrigin;

/**
 * The write timestamp of a row, a pure function of its record, so that a replay writes the same
 * again and of two records for one row the later wins. A record without a timestamp lends the
 * sample's own time; times before the epoch count as the epoch.
 *
 * <p>A time that is ahead of the clock is kept: cut off at the present, the winner would depend on
 * when a record is processed. Only what is more than a day ahead is cut off there, as the row could
 * otherwise not be deleted for years.
 */
public final class WriteTimestamp {

  private static final long MILLIS_PER_SECOND = 1_000;
  private static final long MICROS_PER_SECOND = 1_000_000;
  private static final long MICROS_PER_MILLI = 1_000;
  private static final long DAY_MILLIS = 86_400_000;

  private WriteTimestamp() {}

  /**
   * In milliseconds since the epoch, as in all of KairosDB's statements: one in the usual
   * microseconds could never be overwritten or deleted by KairosDB. So two records of one
   * millisecond tie.
   */
  public static long of(DataPoint point, long now) {
    return millis(point.origin(), point.timestamp(), now);
  }

  /**
   * In microseconds since the epoch, as Cassandra's tools and its time window compaction take it:
   * the second of the record's timestamp, and below it the record's offset. Of two records of one
   * partition and second the later wins, however coarse their timestamps are and in whichever order
   * they stand within the second, unless a multiple of a million lies between their offsets.
   *
   * @param sampleTime for a record without a timestamp, in milliseconds since the epoch
   * @param now in milliseconds since the epoch
   */
  public static long of(RecordOrigin origin, long sampleTime, long now) {
    return millis(origin, sampleTime, now) / MILLIS_PER_SECOND * MICROS_PER_SECOND
        + Math.floorMod(origin.offset(), MICROS_PER_SECOND);
  }

  /**
   * A time in microseconds that a user asks for, within the same bounds.
   *
   * @param now milliseconds since the epoch
   */
  public static long bounded(long micros, long now) {
    return Math.max(0, Math.min(micros, (now + DAY_MILLIS) * MICROS_PER_MILLI));
  }

  private static long millis(RecordOrigin origin, long sampleTime, long now) {
    long timestamp = origin.timestamp();
    if (timestamp == RecordOrigin.NO_TIMESTAMP) {
      timestamp = sampleTime;
    }
    return Math.max(0, Math.min(timestamp, now + DAY_MILLIS));
  }
}
