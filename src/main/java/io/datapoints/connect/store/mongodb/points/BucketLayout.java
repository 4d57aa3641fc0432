package io.datapoints.connect.store.mongodb.points;

import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
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
 * One document for each series and hour of UTC: {@code _id} as of {@link PointId} with the start of
 * the hour for its time, {@code metric}, {@code tags}, {@code start} (a date), {@code p} with a
 * field for each point, named by its milliseconds since the start, and {@code expires} (a date).
 *
 * <p>The points that a batch has for one document are one operation, which sets their fields. A
 * document ends with the last of its points; a point without a time to live keeps it for ever, and
 * so sets {@code expires} to the end of time, since the field could not be told from a missing one
 * otherwise.
 */
public final class BucketLayout implements MongoLayout<DataPoint, PointRow> {

  private static final long HOUR = Duration.ofHours(1).toMillis();

  private static final Field SET_ON_INSERT = Field.named("$setOnInsert");
  private static final Field SET = Field.named("$set");
  private static final Field MAX = Field.named("$max");
  private static final Field START = Field.named("start");
  private static final Field POINT = Field.named("p.");
  private static final Field EXPIRES = Field.named(PointLayout.END);

  private static final UpdateOptions UPSERT = new UpdateOptions().upsert(true);

  /** An operation with one point, but for the elements of the series and the value. */
  private static final int FRAME_BYTES =
      UPSERT_BYTES + PointId.FILTER_BYTES + 4 + 18 + 15 + 1 + 10 + 11 + 1 + 10 + 17 + 1 + 1;

  private final PointPlanner planner;

  public BucketLayout(PointPlanner planner) {
    this.planner = planner;
  }

  @Override
  public Plan plan(DataPoint point) {
    if (point.timestamp() < Long.MIN_VALUE + HOUR) {
      return new Plan.Rejected("timestamp is before the first hour that there is.");
    }
    return planner.plan(point, start(point.timestamp()), FRAME_BYTES);
  }

  private static long start(long timestamp) {
    return Math.floorDiv(timestamp, HOUR) * HOUR;
  }

  @Override
  public List<Operation> operations(List<PointRow> rows, int from, int to) {
    List<Operation> operations = new ArrayList<>();
    BsonBytes out = new BsonBytes(rows.subList(from, to).stream().mapToInt(PointRow::bytes).sum());
    for (int first = from; first < to; ) {
      PointRow row = rows.get(first);
      long start = start(row.timestamp());
      int end = first + 1;
      while (end < to && shares(rows.get(end), row.series(), start)) {
        end++;
      }
      operations.add(new Operation(update(rows, first, end, start, out), first, end - first));
      first = end;
    }
    return operations;
  }

  private static boolean shares(PointRow row, EncodedSeries series, long start) {
    return row.series().compareTo(series) == 0 && start(row.timestamp()) == start;
  }

  private static UpdateOneModel<RawBsonDocument> update(
      List<PointRow> rows, int from, int to, long start, BsonBytes out) {
    EncodedSeries series = rows.get(from).series();
    RawBsonDocument filter = PointId.filter(series, start, out);
    int update = out.begin();
    int onInsert = out.begin(SET_ON_INSERT);
    out.elements(series.elements());
    out.date(START, start);
    out.end(onInsert);
    int set = out.begin(SET);
    long expires = Long.MIN_VALUE;
    for (int i = from; i < to; i++) {
      PointRow row = rows.get(i);
      out.header(BsonValues.type(row.value()), POINT, (int) (row.timestamp() - start));
      BsonValues.put(row.value(), out);
      expires = Math.max(expires, row.expires());
    }
    out.end(set);
    int max = out.begin(MAX);
    out.date(EXPIRES, expires);
    out.end(max);
    out.end(update);
    return new UpdateOneModel<>(filter, out.document(update), UPSERT);
  }
}
