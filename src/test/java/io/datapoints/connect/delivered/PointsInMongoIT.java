package io.datapoints.connect.delivered;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Sorts;
import io.datapoints.connect.kit.ConnectWorker;
import io.datapoints.connect.kit.MongoFeature;
import io.datapoints.connect.kit.Servers;
import io.datapoints.connect.kit.ServersExtension;
import io.datapoints.connect.pipeline.Pipeline;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** KairosDB datapoints into MongoDB, in each way of storing them. */
@ExtendWith(ServersExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PointsInMongoIT {

  private static final long NOON = 1_699_963_200_000L;

  /** Before 1970, on the hour, and after it; one value of each type. */
  private static final String[] RECORDS = {
    """
    {"name": "load", "tags": {"host": "a", "dc": "x"},
     "datapoints": [[-1, 7], [1699963200000, 8], [1699963200001, 0.5]]}
    """,
    """
    {"name": "load", "tags": {"host": "a", "dc": "x"}, "type": "string",
     "timestamp": 1699963200002, "value": "high"}
    """
  };

  private final Servers servers;
  private final String database;
  private final ConnectWorker worker;
  @AutoClose private final MongoClient client;

  PointsInMongoIT(Servers servers) {
    this.servers = servers;
    this.database = servers.mongoDatabase("points");
    this.worker = servers.worker();
    this.client = servers.mongo().client();
  }

  private Pipeline pipeline(String name, String datapoints) {
    return Pipeline.toMongo(servers, worker, database, name, 1)
        .with("layout", "kairosdb")
        .with("mongodb.datapoints", datapoints);
  }

  private MongoCollection<BsonDocument> collection(String name) {
    return client.getDatabase(database).getCollection(name, BsonDocument.class);
  }

  private static BsonDocument tags() {
    return new BsonDocument("dc", new BsonString("x")).append("host", new BsonString("a"));
  }

  @Test
  void eachPointIsADocumentUnderAnIdentifierOfItsSeriesAndTime() throws IOException {
    try (Pipeline pipeline = pipeline("points-point", "point")) {
      pipeline.deploy().deliver(RECORDS);
    }
    List<BsonDocument> documents =
        collection("points-point")
            .find()
            .sort(Sorts.ascending("timestamp"))
            .into(new ArrayList<>());
    assertThat(documents)
        .extracting(document -> document.getDateTime("timestamp"))
        .containsExactly(
            new BsonDateTime(-1),
            new BsonDateTime(NOON),
            new BsonDateTime(NOON + 1),
            new BsonDateTime(NOON + 2));
    assertThat(documents)
        .extracting(document -> document.get("value"))
        .containsExactly(
            new BsonInt64(7), new BsonInt64(8), new BsonDouble(0.5), new BsonString("high"));
    assertThat(documents)
        .extracting(document -> document.getString("type").getValue())
        .containsExactly("long", "long", "double", "string");
    byte[] series = Arrays.copyOf(documents.get(0).getBinary("_id").getData(), 16);
    for (BsonDocument document : documents) {
      assertThat(document.getString("metric").getValue()).isEqualTo("load");
      assertThat(document.getDocument("tags")).isEqualTo(tags());
      byte[] id = document.getBinary("_id").getData();
      assertThat(id).hasSize(24).startsWith(series);
      assertThat(ByteBuffer.wrap(id).getLong(16) ^ Long.MIN_VALUE)
          .isEqualTo(document.getDateTime("timestamp").getValue());
    }
  }

  @Test
  void theHoursOfASeriesAreOneDocumentEach() throws IOException {
    try (Pipeline pipeline = pipeline("points-bucket", "bucket")) {
      pipeline.deploy().deliver(RECORDS);
    }
    List<BsonDocument> documents =
        collection("points-bucket").find().sort(Sorts.ascending("start")).into(new ArrayList<>());
    assertThat(documents)
        .extracting(document -> document.getDateTime("start"))
        .containsExactly(new BsonDateTime(-3_600_000), new BsonDateTime(NOON));
    assertThat(documents)
        .extracting(document -> document.getDocument("p"))
        .containsExactly(
            new BsonDocument("3599999", new BsonInt64(7)),
            new BsonDocument("0", new BsonInt64(8))
                .append("1", new BsonDouble(0.5))
                .append("2", new BsonString("high")));
    assertThat(documents).allMatch(document -> document.getDocument("tags").equals(tags()));
  }

  @Test
  void aTimeSeriesCollectionTakesThePoints() throws IOException {
    servers.mongoFeatures().assume(MongoFeature.TIME_SERIES);
    try (Pipeline pipeline = pipeline("points-timeseries", "timeseries")) {
      pipeline.deploy().deliver(RECORDS);
    }
    assertThat(
            client
                .getDatabase(database)
                .listCollections(BsonDocument.class)
                .into(new ArrayList<>()))
        .filteredOn(each -> each.getString("name").getValue().equals("points-timeseries"))
        .singleElement()
        .satisfies(each -> assertThat(each.getString("type").getValue()).isEqualTo("timeseries"));
    assertThat(collection("points-timeseries").countDocuments()).isEqualTo(4);
  }
}
