package io.datapoints.connect.store.mongodb;

import static io.datapoints.connect.store.mongodb.TestStores.RECORD_TIME;
import static io.datapoints.connect.store.mongodb.TestStores.flow;
import static io.datapoints.connect.store.mongodb.TestStores.flowKey;
import static io.datapoints.connect.store.mongodb.TestStores.open;
import static io.datapoints.connect.store.mongodb.TestStores.point;
import static io.datapoints.connect.store.mongodb.TestStores.series;
import static io.datapoints.connect.store.mongodb.TestStores.write;
import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import io.datapoints.connect.model.DataPoint;
import io.datapoints.connect.model.MappedRecord;
import io.datapoints.connect.model.Series;
import io.datapoints.connect.model.Value;
import io.datapoints.connect.store.Outcome;
import io.datapoints.connect.store.mongodb.collection.Index;
import io.datapoints.connect.store.mongodb.points.Expiry;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.bson.BsonBinary;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/**
 * What a server holds after a write: the one that the environment names, or else one in this
 * process.
 */
class MongoStoreIT {

  private static final Outcome DURABLE = Outcome.Durable.DURABLE;

  private final String database = "store_" + UUID.randomUUID().toString().substring(0, 8);
  @AutoClose private final InMemoryMongo inMemory = new InMemoryMongo();

  private final String uri =
      Objects.requireNonNullElse(System.getenv("DATAPOINTS_TEST_MONGODB_URI"), inMemory.uri());

  @AutoClose private final MongoClient client = MongoClients.create(uri);

  @AfterEach
  void drop() {
    client.getDatabase(database).drop();
  }

  @Test
  void writesFlowsUnderAUniqueIndex() {
    try (MongoStore store = store("layout", "flows", "flows.ttl.seconds", "3600")) {
      assertThat(open(store)).isEqualTo(DURABLE);
      List<MappedRecord> flows = new ArrayList<>();
      for (int i = 0; i < 3_000; i++) {
        flows.add(flow("10.0.0." + i % 7, "2001:db8::1", i, RECORD_TIME + i % 3, i));
      }
      assertThat(write(store, flows)).containsOnly(DURABLE);
      assertThat(write(store, flows)).containsOnly(DURABLE);
    }
    assertThat(collection("metrics").countDocuments()).isEqualTo(3_000);
    BsonDocument one = first("metrics", new Document("source_port", 5));
    one.remove("_id");
    assertThat(one)
        .isEqualTo(
            BsonDocument.parse(
                """
                {source_ip: '10.0.0.5', dest_ip: '2001:db8::1', protocol: 'tcp',
                 timestamp: {$date: {$numberLong: '%d'}}, source_port: 5, dest_port: 443,
                 value: 5.0}"""
                    .formatted(RECORD_TIME + 2)));
    assertThat(collection("metrics").listIndexes().map(Index::of).into(new ArrayList<>()))
        .anyMatch(index -> index.unique() && index.keys().equals(flowKey()))
        .anyMatch(index -> index.isOn("timestamp") && index.expireAfterSeconds().isPresent());
  }

  @Test
  void flowsOfOneKeyStayApartByTheirRecords() {
    List<MappedRecord> flows = List.of(recorded(1518, "flows-0@7#0"), recorded(70, "flows-0@7#1"));
    try (MongoStore store = store("layout", "flows", "flows.key", "record")) {
      assertThat(open(store)).isEqualTo(DURABLE);
      assertThat(write(store, flows)).containsOnly(DURABLE);
      assertThat(write(store, flows)).containsOnly(DURABLE);
    }
    assertThat(collection("metrics").countDocuments()).isEqualTo(2);
    assertThat(
            first("metrics", new Document("record", "flows-0@7#1")).getDouble("value").getValue())
        .isEqualTo(70);
    assertThat(collection("metrics").listIndexes().map(Index::of).into(new ArrayList<>()))
        .anyMatch(index -> index.unique() && index.keys().containsKey("record"));
  }

  private static MappedRecord recorded(double value, String place) {
    MappedRecord flow = flow("a", "b", 1, 1, value);
    List<@Nullable Object> values = new ArrayList<>(flow.values());
    values.add(place);
    return new MappedRecord("*", 0, values.toArray(), null, false, flow.origin());
  }

  @Test
  void whatOthersAddedToAFlowStays() {
    try (MongoStore store = store("layout", "flows")) {
      assertThat(open(store)).isEqualTo(DURABLE);
      assertThat(write(store, List.of(flow("a", "b", 1, 1, 1)))).containsOnly(DURABLE);
      collection("metrics").updateOne(new Document(), Document.parse("{$set: {site: 'north'}}"));
      assertThat(write(store, List.of(flow("a", "b", 1, 1, 2)))).containsOnly(DURABLE);
    }
    BsonDocument flow = first("metrics", new Document());
    assertThat(flow.getString("site").getValue()).isEqualTo("north");
    assertThat(flow.getDouble("value").getValue()).isEqualTo(2);
  }

  @Test
  void writesPointsOfEveryType() {
    Series series = series("load", "host", "a", "rack.unit", "r1");
    List<Value> values =
        List.of(
            new Value.LongValue(Long.MIN_VALUE),
            new Value.DoubleValue(0.1),
            new Value.StringValue("grün 😀\0"),
            new Value.ComplexValue(1, -2),
            new Value.BinaryValue(new byte[] {0, 1, (byte) 0xFF}));
    List<DataPoint> points = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      points.add(point(series, i - 2, values.get(i), 60));
    }
    try (MongoStore store = store()) {
      assertThat(open(store)).isEqualTo(DURABLE);
      assertThat(write(store, points)).containsOnly(DURABLE);
      assertThat(write(store, points)).containsOnly(DURABLE);
    }
    List<BsonDocument> stored =
        collection("data_points").find().sort(new Document("_id", 1)).into(new ArrayList<>());
    assertThat(stored).hasSize(values.size());
    BsonDocument first = stored.get(0);
    assertThat(first.keySet())
        .containsExactly("_id", "metric", "tags", "timestamp", "value", "type", "expires");
    assertThat(first.getDocument("tags"))
        .isEqualTo(BsonDocument.parse("{host: 'a', 'rack.unit': 'r1'}"));
    assertThat(first.get("timestamp")).isEqualTo(new BsonDateTime(-2));
    assertThat(first.get("expires")).isEqualTo(new BsonDateTime(RECORD_TIME + 60_000));
    assertThat(stored)
        .extracting(document -> document.getString("type").getValue())
        .containsExactly("long", "double", "string", "complex", "binary");
    assertThat(stored)
        .extracting(document -> document.get("value"))
        .containsExactly(
            new BsonInt64(Long.MIN_VALUE),
            new org.bson.BsonDouble(0.1),
            new org.bson.BsonString("grün 😀\0"),
            BsonDocument.parse("{real: 1.0, imaginary: -2.0}"),
            new BsonBinary(new byte[] {0, 1, (byte) 0xFF}));
  }

  @Test
  void writesThePointsOfAnHourIntoOneDocument() {
    Series series = series("load", "host", "a");
    long hour = 1_699_999_200_000L;
    List<DataPoint> points = new ArrayList<>();
    for (int i = 0; i < 3_600; i += 60) {
      points.add(point(series, hour + i * 1000L, i));
    }
    points.add(point(series, hour - 1, new Value.DoubleValue(0.5), 60));
    try (MongoStore store = store("mongodb.datapoints", "bucket")) {
      assertThat(open(store)).isEqualTo(DURABLE);
      assertThat(write(store, points)).containsOnly(DURABLE);
      assertThat(write(store, points)).containsOnly(DURABLE);
    }
    List<BsonDocument> stored =
        collection("data_points_hourly")
            .find()
            .sort(new Document("_id", 1))
            .into(new ArrayList<>());
    assertThat(stored).hasSize(2);
    assertThat(stored.get(0).getDocument("p")).isEqualTo(BsonDocument.parse("{'3599999': 0.5}"));
    assertThat(stored.get(0).get("expires")).isEqualTo(new BsonDateTime(RECORD_TIME + 60_000));
    assertThat(stored.get(1).getDocument("p"))
        .hasSize(60)
        .containsEntry("60000", new BsonInt64(60));
    assertThat(stored.get(1).get("start")).isEqualTo(new BsonDateTime(hour));
    assertThat(stored.get(1).getString("metric").getValue()).isEqualTo("load");
    assertThat(stored.get(1).get("expires")).isEqualTo(new BsonDateTime(Expiry.NEVER));
  }

  @Test
  void insertsIntoATimeSeriesCollection() {
    Series series = series("load", "host", "a");
    String[] settings = {"mongodb.datapoints", "timeseries", "kairosdb.ttl.default", "864000"};
    try (MongoStore store = store(settings)) {
      assertThat(open(store)).isEqualTo(DURABLE);
      assertThat(write(store, List.of(point(series, RECORD_TIME, 1)))).containsOnly(DURABLE);
    }
    try (MongoStore again = store(settings)) {
      assertThat(open(again)).isEqualTo(DURABLE);
    }
    BsonDocument stored = first("data_points_timeseries", new Document());
    assertThat(stored.getDocument("series"))
        .isEqualTo(BsonDocument.parse("{metric: 'load', tags: {host: 'a'}}"));
    assertThat(stored.get("value")).isEqualTo(new BsonInt64(1));
  }

  private MongoStore store(String... settings) {
    String[] all = new String[settings.length + 2];
    System.arraycopy(settings, 0, all, 2, settings.length);
    all[0] = "mongodb.database";
    all[1] = database;
    return TestStores.store(uri, all);
  }

  private MongoCollection<BsonDocument> collection(String name) {
    return client.getDatabase(database).getCollection(name, BsonDocument.class);
  }

  private BsonDocument first(String collection, Document filter) {
    return Objects.requireNonNull(collection(collection).find(filter).first());
  }
}
