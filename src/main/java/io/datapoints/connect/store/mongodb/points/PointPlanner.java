package io.datapoints.connect.store.mongodb.points;

import io.datapoints.connect.model.DataPoint;
import io.datapoints.connect.model.Rule;
import io.datapoints.connect.store.Plan;
import io.datapoints.connect.store.mongodb.bson.Utf8;
import io.datapoints.connect.store.mongodb.bulk.BulkKeys;
import io.datapoints.connect.store.mongodb.bulk.MongoLayout;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** Turns points into rows, for every way in which they can lie. Used by the task thread only. */
public final class PointPlanner {

  private final BulkKeys keys;
  private final Expiry expiry;
  private final Clock clock;
  private final SeriesCache series = new SeriesCache();

  public PointPlanner(BulkKeys keys, Expiry expiry, Clock clock) {
    this.keys = keys;
    this.expiry = expiry;
    this.clock = clock;
  }

  /**
   * The row of a point.
   *
   * @param document what distinguishes the document from others of its series
   * @param frame bytes of the document beside the elements of the series and the value
   */
  Plan plan(DataPoint point, long document, int frame) {
    long expires = expiry.of(point);
    if (expires == Expiry.NEGATIVE) {
      return new Plan.Rejected(Rule.TTL, "ttl may not be negative.");
    }
    if (expires <= clock.millis()) {
      return Plan.Expired.EXPIRED;
    }
    EncodedSeries encoded = series.of(point.series());
    int valueLength = BsonValues.length(point.value());
    long bytes = frame + (long) encoded.elements().length + valueLength;
    String problem = problem(encoded, valueLength, bytes);
    if (problem != null) {
      return new Plan.Rejected(problem);
    }
    return new PointRow(
        keys.of(encoded.idHigh() + document),
        encoded,
        point.timestamp(),
        point.value(),
        expires,
        (int) bytes,
        series.encodedLast());
  }

  private static @Nullable String problem(EncodedSeries series, int valueLength, long bytes) {
    if (series.problem() != null) {
      return series.problem();
    }
    if (valueLength == Utf8.INVALID) {
      return "value is not valid Unicode: it has half of a surrogate pair.";
    }
    return bytes <= MongoLayout.MAX_DOCUMENT_BYTES
        ? null
        : "name, tags and value make a document of "
            + bytes
            + " bytes; at most "
            + MongoLayout.MAX_DOCUMENT_BYTES
            + " are possible.";
  }
}
