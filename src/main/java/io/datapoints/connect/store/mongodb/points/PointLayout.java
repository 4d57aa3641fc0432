package io.datapoints.connect.store.mongodb.points;

import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import io.datapoints.connect.model.DataPoint;
import io.datapoints.connect.store.Plan;
import io.datapoints.connect.store.mongodb.bson.BsonBytes;
import io.datapoints.connect.store.mongodb.bson.Field;
import io.datapoints.connect.store.mongodb.bulk.MongoLayout;
import io.datapoints.connect.store.mongodb.bulk.Operation;
import java.util.ArrayList;
import java.util.List;
import org.bson.RawBsonDocument;

/**
 * One document a point: {@code _id} as of {@link PointId}, {@code metric}, {@code tags}, {@code
 * timestamp} (a date), {@code value} as of {@link BsonValues}, {@code type} (its name in KairosDB's
 * API), and {@code expires} (a date) if the point ends at all. Written as a replacement by {@code
 * _id}: the smallest operation there is, and one that a replay repeats without effect.
 */
public final class PointLayout implements MongoLayout<DataPoint, PointRow> {

  /** The field with the date at which a document goes. */
  static final String END = "expires";

  private static final Field TIMESTAMP = Field.named("timestamp");
  private static final Field EXPIRES = Field.named(END);

  private static final ReplaceOptions UPSERT = new ReplaceOptions().upsert(true);

  /** The longest type name counted. */
  private static final int FRAME_BYTES =
      UPSERT_BYTES + PointId.FILTER_BYTES + 4 + PointId.ELEMENT_BYTES + 19 + 7 + 18 + 17 + 1;

  private final PointPlanner planner;

  public PointLayout(PointPlanner planner) {
    this.planner = planner;
  }

  @Override
  public Plan plan(DataPoint point) {
    return planner.plan(point, point.timestamp(), FRAME_BYTES);
  }

  @Override
  public List<Operation> operations(List<PointRow> rows, int from, int to) {
    List<Operation> operations = new ArrayList<>(to - from);
    BsonBytes out = new BsonBytes(rows.subList(from, to).stream().mapToInt(PointRow::bytes).sum());
    for (int i = from; i < to; i++) {
      PointRow row = rows.get(i);
      RawBsonDocument filter = PointId.filter(row.series(), row.timestamp(), out);
      operations.add(
          new Operation(new ReplaceOneModel<>(filter, document(row, out), UPSERT), i, 1));
    }
    return operations;
  }

  private static RawBsonDocument document(PointRow row, BsonBytes out) {
    int start = out.begin();
    PointId.put(row.series(), row.timestamp(), out);
    out.elements(row.series().elements());
    out.date(TIMESTAMP, row.timestamp());
    BsonValues.putElements(row.value(), out);
    if (row.expires() != Expiry.NEVER) {
      out.date(EXPIRES, row.expires());
    }
    out.end(start);
    return out.document(start);
  }
}
