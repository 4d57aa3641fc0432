package io.datapoints.connect.store.cassandra;

import io.datapoints.connect.model.DataPoint;
import io.datapoints.connect.model.Flow;
import io.datapoints.connect.model.RecordOrigin;

/**
 * The write timestamp of a row: the record's, so that a replay writes the same again and the later
 * of two records for one row wins. A record without one lends the sample's own time. The future is
 * cut off at the present, or nobody could delete the row until then; times before the epoch count
 * as the epoch, which whatever else is written or deleted supersedes.
 */
final class WriteTimestamp {

  private static final int MICROS = 1000;

  private WriteTimestamp() {}

  /**
   * In milliseconds since the epoch, as in all of KairosDB's statements: one in the usual
   * microseconds could never be overwritten or deleted by KairosDB.
   */
  static long of(DataPoint point, long now) {
    return millis(point.origin(), point.timestamp(), now);
  }

  /**
   * In microseconds since the epoch, as Cassandra's tools and its time window compaction take it.
   * The record's offset fills in below the millisecond, so that of two records of one millisecond
   * the later wins, unless a multiple of a thousand lies between their offsets.
   */
  static long of(Flow flow, long now) {
    RecordOrigin origin = flow.origin();
    return millis(origin, flow.timestamp(), now) * MICROS + Math.floorMod(origin.offset(), MICROS);
  }

  /** As for a flow; a record without a time counts as written now, since nothing else is known. */
  static long of(RecordOrigin origin, long now) {
    return millis(origin, now, now) * MICROS + Math.floorMod(origin.offset(), MICROS);
  }

  private static long millis(RecordOrigin origin, long sampleTime, long now) {
    long timestamp = origin.timestamp();
    if (timestamp == RecordOrigin.NO_TIMESTAMP) {
      timestamp = sampleTime;
    }
    return Math.max(0, Math.min(timestamp, now));
  }
}
