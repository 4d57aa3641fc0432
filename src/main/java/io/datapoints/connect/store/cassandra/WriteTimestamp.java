package io.datapoints.connect.store.cassandra;

import io.datapoints.connect.model.DataPoint;
import io.datapoints.connect.model.RecordOrigin;

/**
 * The write timestamp of a point's row, in milliseconds since the epoch as in all of KairosDB's
 * statements: one in the usual microseconds could never be overwritten or deleted by KairosDB.
 *
 * <p>It is the record's timestamp, so that a replay writes the same again and the later of two
 * records for one point wins. A record without one lends the point's own time. The future is cut
 * off at the present, or KairosDB could not delete the point until then; times before the epoch
 * count as the epoch, which everything that KairosDB writes or deletes supersedes.
 */
final class WriteTimestamp {

  private WriteTimestamp() {}

  static long of(DataPoint point, long now) {
    long timestamp = point.origin().timestamp();
    if (timestamp == RecordOrigin.NO_TIMESTAMP) {
      timestamp = point.timestamp();
    }
    return Math.max(0, Math.min(timestamp, now));
  }
}
