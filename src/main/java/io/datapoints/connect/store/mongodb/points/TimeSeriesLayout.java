package io.datapoints.connect.store.mongodb.points;

import com.mongodb.client.model.InsertOneModel;
import io.datapoints.connect.model.DataPoint;
import io.datapoints.connect.store.Plan;
import io.datapoints.connect.store.mongodb.bson.BsonBytes;
import io.datapoints.connect.store.mongodb.bson.Field;
import io.datapoints.connect.store.mongodb.bulk.MongoLayout;
import io.datapoints.connect.store.mongodb.bulk.Operation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.bson.RawBsonDocument;

/**
 * A time-series collection: {@code timestamp} (a date) is its time, {@code series} with {@code
 * metric} and {@code tags} its metadata, and each measurement has {@code value} as of {@link
 * BsonValues} and {@code type} (its name in KairosDB's API).
 *
 * <p>Such a collection takes inserts only and knows no unique key: a point that is written again,
 * after a replay or a timeout, is there twice. Readers group by series and timestamp.
 */
final class TimeSeriesLayout implements MongoLayout<DataPoint, PointRow> {

  static final String TIME = "timestamp";
  static final String SERIES = "series";

  /**
   * The points of a series and hour share their bulks, to arrive in runs, which the server packs.
   */
  private static final long RUN = Duration.ofHours(1).toMillis();

  private static final Field TIMESTAMP = Field.named(TIME);
  private static final Field META = Field.named(SERIES);

  private static final int FRAME_BYTES = 4 + 19 + 8 + 5 + 7 + 18 + 1;

  private final PointPlanner planner;

  TimeSeriesLayout(PointPlanner planner) {
    this.planner = planner;
  }

  @Override
  public Plan plan(DataPoint point) {
    return planner.plan(point, Math.floorDiv(point.timestamp(), RUN), FRAME_BYTES);
  }

  @Override
  public List<Operation> operations(List<PointRow> rows, int from, int to) {
    List<Operation> operations = new ArrayList<>(to - from);
    BsonBytes out = new BsonBytes(rows.subList(from, to).stream().mapToInt(PointRow::bytes).sum());
    for (int i = from; i < to; i++) {
      RawBsonDocument document = document(rows.get(i), out);
      operations.add(new Operation(new InsertOneModel<>(document), i, 1));
    }
    return operations;
  }

  private static RawBsonDocument document(PointRow row, BsonBytes out) {
    int start = out.begin();
    out.date(TIMESTAMP, row.timestamp());
    int series = out.begin(META);
    out.elements(row.series().elements());
    out.end(series);
    BsonValues.putElements(row.value(), out);
    out.end(start);
    return out.document(start);
  }
}
