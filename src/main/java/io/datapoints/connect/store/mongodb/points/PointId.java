package io.datapoints.connect.store.mongodb.points;

import io.datapoints.connect.store.mongodb.bson.BsonBytes;
import io.datapoints.connect.store.mongodb.bson.Field;
import org.bson.BsonType;
import org.bson.RawBsonDocument;

/**
 * The {@code _id} of a point or of an hour of a series: a BinData of the generic subtype with 24
 * bytes, the 16 of {@link EncodedSeries}, then the time in milliseconds since the epoch as a 64-bit
 * big-endian number whose sign bit is flipped. As ids of equal length compare byte by byte, those
 * of a series stand together, in the order of time: one index serves uniqueness and ranges.
 */
final class PointId {

  /** Type, name and value. */
  static final int ELEMENT_BYTES = 1 + 4 + 4 + 1 + 24;

  /** The document that holds nothing else. */
  static final int FILTER_BYTES = 4 + ELEMENT_BYTES + 1;

  private static final Field ID = Field.named("_id");
  private static final int LENGTH = 24;

  private PointId() {}

  /** Writes the element. */
  static void put(EncodedSeries series, long time, BsonBytes out) {
    out.header(BsonType.BINARY, ID);
    out.putInt(LENGTH);
    out.putByte(0);
    out.putBigEndian(series.idHigh());
    out.putBigEndian(series.idLow());
    out.putBigEndian(time ^ Long.MIN_VALUE);
  }

  /** The filter that finds the document of this id. */
  static RawBsonDocument filter(EncodedSeries series, long time, BsonBytes out) {
    int filter = out.begin();
    put(series, time, out);
    out.end(filter);
    return out.document(filter);
  }
}
