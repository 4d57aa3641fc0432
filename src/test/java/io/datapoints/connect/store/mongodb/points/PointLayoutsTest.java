package io.datapoints.connect.store.mongodb.points;

import static io.datapoints.connect.store.mongodb.TestStores.CLOCK;
import static io.datapoints.connect.store.mongodb.TestStores.RECORD_TIME;
import static io.datapoints.connect.store.mongodb.TestStores.operations;
import static io.datapoints.connect.store.mongodb.TestStores.point;
import static io.datapoints.connect.store.mongodb.TestStores.row;
import static io.datapoints.connect.store.mongodb.TestStores.series;
import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.model.InsertOneModel;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.WriteModel;
import io.datapoints.connect.config.KairosConfig;
import io.datapoints.connect.model.DataPoint;
import io.datapoints.connect.model.RecordOrigin;
import io.datapoints.connect.model.Series;
import io.datapoints.connect.model.Value;
import io.datapoints.connect.store.Plan;
import io.datapoints.connect.store.Row;
import io.datapoints.connect.store.mongodb.bulk.BulkKey;
import io.datapoints.connect.store.mongodb.bulk.BulkKeys;
import io.datapoints.connect.store.mongodb.bulk.MongoLayout;
import io.datapoints.connect.store.mongodb.bulk.Operation;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bson.BsonBinary;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.RawBsonDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How points become operations, in the three ways in which they can lie. */
class PointLayoutsTest {

  private static final long HOUR = 3_600_000;
  private static final KairosConfig.Ttl NO_TTL = new KairosConfig.Ttl(0, false, false);

  private final Series series = series("load", "host", "a");
  private final MongoLayout<DataPoint, PointRow> points = new PointLayout(planner(NO_TTL));
  private final MongoLayout<DataPoint, PointRow> buckets = new BucketLayout(planner(NO_TTL));
  private final MongoLayout<DataPoint, PointRow> measurements =
      new TimeSeriesLayout(planner(NO_TTL));

  @Test
  void aPointReplacesTheDocumentOfItsId() {
    ReplaceOneModel<RawBsonDocument> upsert =
        (ReplaceOneModel<RawBsonDocument>) model(points, point(series, RECORD_TIME, 5));
    assertThat(upsert.getReplaceOptions().isUpsert()).isTrue();
    BsonDocument document = upsert.getReplacement();
    assertThat(upsert.getFilter().toBsonDocument())
        .isEqualTo(new BsonDocument("_id", document.get("_id")));
    document = BsonDocument.parse(document.toJson());
    document.remove("_id");
    assertThat(document.toJson())
        .isEqualTo(
            BsonDocument.parse(
                    """
                    {metric: 'load', tags: {host: 'a'},
                     timestamp: {$date: {$numberLong: '%d'}},
                     value: {$numberLong: '5'}, type: 'long'}"""
                        .formatted(RECORD_TIME))
                .toJson());
  }

  @Test
  void anEndIsADate() {
    ReplaceOneModel<RawBsonDocument> upsert =
        (ReplaceOneModel<RawBsonDocument>)
            model(points, point(series, 1, new Value.LongValue(1), 60));
    assertThat(upsert.getReplacement().get("expires"))
        .isEqualTo(new BsonDateTime(RECORD_TIME + 60_000));
  }

  /** Unsigned, byte by byte: the order of a BinData of equal length in an index. */
  @Test
  void idsStandInTheOrderOfTimeWithinTheirSeries() {
    List<Long> times = List.of(Long.MIN_VALUE, -HOUR, -1L, 0L, 1L, HOUR, Long.MAX_VALUE);
    EncodedSeries encoded = EncodedSeries.of(series);
    byte[] before = null;
    for (long time : times) {
      byte[] id = id(points, point(series, time, 1)).getData();
      assertThat(id).hasSize(24);
      ByteBuffer parts = ByteBuffer.wrap(id);
      assertThat(parts.getLong()).isEqualTo(encoded.idHigh());
      assertThat(parts.getLong()).isEqualTo(encoded.idLow());
      assertThat(parts.getLong() ^ Long.MIN_VALUE).isEqualTo(time);
      if (before != null) {
        assertThat(Arrays.compareUnsigned(before, id)).isNegative();
      }
      before = id;
    }
  }

  @Test
  void rowsStandInTheOrderOfTheirIdsAndAreEqualWhenTheseAre() {
    List<DataPoint> some = new ArrayList<>();
    for (String host : List.of("a", "b", "c", "d")) {
      for (long time : new long[] {-1, 0, 1}) {
        some.add(point(series("load", "host", host), time, 1));
      }
    }
    for (DataPoint one : some) {
      for (DataPoint other : some) {
        int order = row(points.plan(one)).compareClusteringKey(row(points.plan(other)));
        int ids = Arrays.compareUnsigned(id(points, one).getData(), id(points, other).getData());
        assertThat(Integer.signum(order)).isEqualTo(Integer.signum(ids));
      }
    }
  }

  @Test
  void aNewValueTakesTheLaneOfTheOld() {
    for (MongoLayout<DataPoint, PointRow> layout : List.of(points, buckets, measurements)) {
      Row old = row(layout.plan(point(series, 7, 1)));
      Row next =
          row(layout.plan(point(series("load", "host", "a"), 7, new Value.StringValue("x"), 9)));
      assertThat(next.partition()).isSameAs(old.partition());
      assertThat(next.compareClusteringKey(old)).isZero();
    }
  }

  @Test
  void thePointsOfABucketShareItsLane() {
    Row first = row(buckets.plan(point(series, HOUR, 1)));
    for (long offset = 0; offset < HOUR; offset += 7_919) {
      assertThat(row(buckets.plan(point(series, HOUR + offset, 1))).partition())
          .isSameAs(first.partition());
    }
  }

  @Test
  void theHoursOfASeriesAndThePointsOfAnHourSpreadOverAllLanes() {
    List<Integer> bucketKeys = new ArrayList<>();
    List<Integer> pointKeys = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      bucketKeys.add(bulk(buckets, point(series, i * HOUR, 1)));
      pointKeys.add(bulk(points, point(series, 1_000L * i, 1)));
    }
    assertThat(bucketKeys).contains(0, 1, 2, 3, 4, 5, 6, 7);
    assertThat(pointKeys).contains(0, 1, 2, 3, 4, 5, 6, 7);
  }

  @Test
  void thePointsOfAnHourAreOneOperation() {
    Series other = series("load", "host", "b");
    List<Row> rows = new ArrayList<>();
    for (Series each : List.of(series, other)) {
      for (long time : new long[] {-1, 0, 1, HOUR - 1, HOUR}) {
        rows.add(row(buckets.plan(point(each, time, time))));
      }
    }
    rows.sort(Row::compareClusteringKey);
    List<Operation> operations = operations(buckets, rows, 0, rows.size());
    assertThat(operations).extracting(Operation::firstRow).containsExactly(0, 1, 4, 5, 6, 9);
    assertThat(operations).extracting(Operation::rows).containsExactly(1, 3, 1, 1, 3, 1);
    assertThat(update(operations.get(1)).toJson())
        .isEqualTo(
            BsonDocument.parse(
                    """
                    {$setOnInsert: {metric: 'load', tags: {host: '%s'},
                                    start: {$date: {$numberLong: '0'}}},
                     $set: {'p.0': {$numberLong: '0'}, 'p.1': {$numberLong: '1'},
                            'p.3599999': {$numberLong: '3599999'}},
                     $max: {expires: {$date: {$numberLong: '253402300799999'}}}}"""
                        .formatted(
                            ((PointRow) rows.get(1)).series().compareTo(EncodedSeries.of(series))
                                    == 0
                                ? "a"
                                : "b"))
                .toJson());
    assertThat(update(operations.get(0)).getDocument("$set").keySet()).containsExactly("p.3599999");
    assertThat(update(operations.get(0)).getDocument("$setOnInsert").get("start"))
        .isEqualTo(new BsonDateTime(-HOUR));
  }

  @Test
  void aBucketEndsWithTheLastOfItsPoints() {
    List<Row> rows = new ArrayList<>();
    for (int ttl : List.of(60, 90, 30)) {
      rows.add(row(buckets.plan(point(series, rows.size(), new Value.LongValue(1), ttl))));
    }
    assertThat(end(operations(buckets, rows, 0, 3))).isEqualTo(RECORD_TIME + 90_000);
    rows.add(row(buckets.plan(point(series, 3, 1))));
    assertThat(end(operations(buckets, rows, 0, 4))).isEqualTo(Expiry.NEVER);
  }

  @Test
  void aMeasurementHasItsSeriesForMetadata() {
    InsertOneModel<RawBsonDocument> insert =
        (InsertOneModel<RawBsonDocument>) model(measurements, point(series, RECORD_TIME, 5));
    assertThat(insert.getDocument().toJson())
        .isEqualTo(
            BsonDocument.parse(
                    """
                    {timestamp: {$date: {$numberLong: '%d'}},
                     series: {metric: 'load', tags: {host: 'a'}},
                     value: {$numberLong: '5'}, type: 'long'}"""
                        .formatted(RECORD_TIME))
                .toJson());
  }

  @Test
  void aRowCountsAtLeastTheBytesThatItAdds() {
    for (Value value :
        List.of(
            new Value.LongValue(1),
            new Value.DoubleValue(1),
            new Value.StringValue("ö😀"),
            new Value.ComplexValue(1, 2),
            new Value.BinaryValue(new byte[] {1, 2, 3}))) {
      DataPoint point = point(series, HOUR - 1, value, 60);
      ReplaceOneModel<RawBsonDocument> upsert =
          (ReplaceOneModel<RawBsonDocument>) model(points, point);
      int sent =
          MongoLayout.UPSERT_BYTES
              + ((RawBsonDocument) upsert.getFilter()).getByteLength()
              + upsert.getReplacement().getByteLength();
      assertThat(row(points.plan(point)).bytes()).isBetween(sent, sent + 7);
      UpdateOneModel<?> bucket = (UpdateOneModel<?>) model(buckets, point);
      sent =
          MongoLayout.UPSERT_BYTES
              + ((RawBsonDocument) bucket.getFilter()).getByteLength()
              + updateOf(bucket).getByteLength();
      assertThat(row(buckets.plan(point)).bytes()).isEqualTo(sent);
      sent =
          ((InsertOneModel<RawBsonDocument>) model(measurements, point))
              .getDocument()
              .getByteLength();
      assertThat(row(measurements.plan(point)).bytes()).isBetween(sent, sent + 7);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "plain", "grün", "日本", "😀", "a\0b", "\uFFFF\u0800\u07FF\u0080"})
  void textsAreWrittenAsTheDriverWouldReadThem(String text) {
    InsertOneModel<RawBsonDocument> insert =
        (InsertOneModel<RawBsonDocument>)
            model(measurements, point(series, 1, new Value.StringValue(text), 0));
    assertThat(insert.getDocument().get("value")).isEqualTo(new BsonString(text));
  }

  @ParameterizedTest
  @CsvSource({
    // default, force, align, ttl, record time, point time, end
    "0, false, false, 0, 1000, 5000, never",
    "0, false, false, 9, 1000, 5000, 10000",
    "7, false, false, 0, 1000, 5000, 8000",
    "7, false, false, 9, 1000, 5000, 10000",
    "7, true, false, 9, 1000, 5000, 8000",
    "7, false, true, 0, 1000, 5000, 12000",
    "7, false, false, 0, -1, 5000, 12000",
    "0, false, true, 0, 1000, 5000, never",
    "0, false, false, -1, 1000, 5000, negative",
    "7, true, false, -1, 1000, 5000, 8000",
    "0, false, false, 2147483647, 1000, 0, 2147483648000",
    "9, false, true, 0, 1000, 9223372036854775807, never",
    "9, false, true, 0, 1000, -9223372036854775808, -9223372036854766808",
  })
  void anEndCountsFromTheRecordOrElseFromThePoint(
      int defaultTtl,
      boolean force,
      boolean align,
      int ttl,
      long recordTime,
      long time,
      String end) {
    Expiry expiry = new Expiry(new KairosConfig.Ttl(defaultTtl, force, align));
    DataPoint point =
        new DataPoint(
            series, time, new Value.LongValue(1), ttl, new RecordOrigin("t", 0, 0, recordTime));
    long expected =
        switch (end) {
          case "never" -> Expiry.NEVER;
          case "negative" -> Expiry.NEGATIVE;
          default -> Long.parseLong(end);
        };
    assertThat(expiry.of(point)).isEqualTo(expected);
  }

  @Test
  void aPointWhoseEndIsOverIsNotWritten() {
    MongoLayout<DataPoint, PointRow> aligned =
        new PointLayout(planner(new KairosConfig.Ttl(10, false, true)));
    long now = CLOCK.millis();
    assertThat(aligned.plan(point(series, now - 10_000, 1))).isEqualTo(Plan.Expired.EXPIRED);
    assertThat(aligned.plan(point(series, now - 9_999, 1))).isInstanceOf(Row.class);
    assertThat(points.plan(point(series, now, new Value.LongValue(1), 1)))
        .isEqualTo(Plan.Expired.EXPIRED);
  }

  @Test
  void whatADocumentCannotHoldIsRejectedByNameAndRule() {
    assertThat(rejection(point(series, 1, new Value.LongValue(1), -1)))
        .isEqualTo("ttl may not be negative.");
    assertThat(rejection(point(series("m", "a\0", "v"), 1, 1))).contains("NUL");
    assertThat(rejection(point(series, 1, new Value.StringValue("secret\uD800"), 0)))
        .isEqualTo("value is not valid Unicode: it has half of a surrogate pair.");
    byte[] large = new byte[16 * 1024 * 1024];
    assertThat(rejection(point(series, 1, new Value.BinaryValue(large), 0)))
        .contains("make a document of 16777", "at most 16760832 are possible");
    assertThat(buckets.plan(point(series, Long.MIN_VALUE, 1))).isInstanceOf(Plan.Rejected.class);
  }

  @Test
  void seriesAreEncodedOnceAndSeriesThatAreForgottenAgain() {
    SeriesCache cache = new SeriesCache();
    EncodedSeries first = cache.of(series);
    assertThat(cache.of(series("load", "host", "a"))).isSameAs(first);
    for (int i = 0; i < 50_000; i++) {
      cache.of(series("load", "host", "b" + i));
    }
    EncodedSeries again = cache.of(series);
    assertThat(again).isNotSameAs(first);
    assertThat(again.compareTo(first)).isZero();
    Series long1 = series("x".repeat(3_000));
    EncodedSeries unkept = cache.of(long1);
    cache.of(series);
    assertThat(cache.of(long1)).isNotSameAs(unkept);
  }

  private String rejection(DataPoint point) {
    for (MongoLayout<DataPoint, PointRow> layout : List.of(buckets, measurements)) {
      assertThat(layout.plan(point)).isInstanceOf(Plan.Rejected.class);
    }
    return ((Plan.Rejected) points.plan(point)).reason();
  }

  private static int bulk(MongoLayout<DataPoint, PointRow> layout, DataPoint point) {
    return ((BulkKey) row(layout.plan(point)).partition()).number();
  }

  private static WriteModel<RawBsonDocument> model(
      MongoLayout<DataPoint, PointRow> layout, DataPoint point) {
    List<Operation> operations = operations(layout, List.of(row(layout.plan(point))), 0, 1);
    assertThat(operations).hasSize(1);
    return operations.get(0).model();
  }

  private static BsonBinary id(MongoLayout<DataPoint, PointRow> layout, DataPoint point) {
    return ((ReplaceOneModel<RawBsonDocument>) model(layout, point))
        .getReplacement()
        .getBinary("_id");
  }

  private static BsonDocument update(Operation operation) {
    return updateOf((UpdateOneModel<?>) operation.model());
  }

  private static RawBsonDocument updateOf(UpdateOneModel<?> model) {
    if (model.getUpdate() instanceof RawBsonDocument update) {
      return update;
    }
    throw new AssertionError("not encoded");
  }

  private static long end(List<Operation> operations) {
    assertThat(operations).hasSize(1);
    return update(operations.get(0)).getDocument("$max").getDateTime("expires").getValue();
  }

  private static PointPlanner planner(KairosConfig.Ttl ttl) {
    return new PointPlanner(new BulkKeys("test.collection", 8), new Expiry(ttl), CLOCK);
  }
}
