package io.datapoints.connect.store.mongodb.collection;

import static io.datapoints.connect.store.mongodb.TestStores.flow;
import static io.datapoints.connect.store.mongodb.TestStores.flowKey;
import static io.datapoints.connect.store.mongodb.TestStores.open;
import static io.datapoints.connect.store.mongodb.TestStores.writeBatch;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.CreateCollectionOptions;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.TimeSeriesOptions;
import io.datapoints.connect.kit.Await;
import io.datapoints.connect.store.Outcome;
import io.datapoints.connect.store.StoreException;
import io.datapoints.connect.store.mongodb.InMemoryMongo;
import io.datapoints.connect.store.mongodb.MongoStore;
import io.datapoints.connect.store.mongodb.ScriptedBackend;
import io.datapoints.connect.store.mongodb.ScriptedBackend.Fault;
import io.datapoints.connect.store.mongodb.TestStores;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.bson.Document;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a store makes of the collection that it finds. */
class CollectionCheckIT {

  private static final Outcome DURABLE = Outcome.Durable.DURABLE;
  private static final Duration BOUND = Duration.ofMinutes(1);

  @AutoClose private final InMemoryMongo server = new InMemoryMongo();
  @AutoClose private final MongoClient client = MongoClients.create(server.uri());
  private final MongoDatabase database = client.getDatabase("metrics");

  @Test
  void openingAgainChangesNothing() {
    for (int task = 0; task < 2; task++) {
      assertThat(opened("layout", "flows", "flows.ttl.seconds", "60")).isEqualTo(DURABLE);
    }
    assertThat(indexes("metrics")).hasSize(3);
    assertThat(server.backend().commands("createIndexes")).isEqualTo(2);
  }

  @Test
  void withoutCreationAMissingCollectionIsFatal() {
    assertThat(fatal("layout", "flows", "mongodb.schema.create", "false"))
        .contains("metrics.metrics", "mongodb.schema.create");
    assertThat(fatal("mongodb.schema.create", "false")).contains("metrics.data_points");
    assertThat(fatal("mongodb.datapoints", "timeseries", "mongodb.schema.create", "false"))
        .contains("metrics.data_points_timeseries");
    assertThat(database.listCollectionNames()).isEmpty();
  }

  @Test
  void withoutCreationAMissingUniqueIndexIsFatal() {
    database.createCollection("metrics");
    assertThat(fatal("layout", "flows", "mongodb.schema.create", "false"))
        .contains("unique index on source_ip, dest_ip, protocol, timestamp, source_port");
    // An ordinary index finds documents, and lets two tasks insert the same one.
    database.getCollection("metrics").createIndex(flowKey());
    assertThat(fatal("layout", "flows", "mongodb.schema.create", "false")).contains("unique");
  }

  @Test
  void anIndexWithTheFieldsInAnotherOrderServesAsWell() {
    Document byPorts =
        new Document("timestamp", 1)
            .append("dest_ip", 1)
            .append("source_ip", 1)
            .append("protocol", -1)
            .append("dest_port", 1)
            .append("source_port", 1);
    database.getCollection("metrics").createIndex(byPorts, new IndexOptions().unique(true));
    assertThat(opened("layout", "flows", "mongodb.schema.create", "false")).isEqualTo(DURABLE);
    assertThat(opened("layout", "flows")).isEqualTo(DURABLE);
    assertThat(server.backend().commands("createIndexes")).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{sparse: true}", "{partialFilterExpression: {value: 1}}"})
  void anIndexWithoutAllDocumentsServesNot(String option) {
    Document listed = new Document("name", "i").append("key", flowKey()).append("unique", true);
    List<String> fields = new ArrayList<>(flowKey().keySet());
    assertThat(Index.of(listed).identifies(fields)).isTrue();
    listed.putAll(Document.parse(option));
    assertThat(Index.of(listed).identifies(fields)).isFalse();
  }

  @Test
  void anIndexOverFewerFieldsServesNot() {
    List<String> fields = new ArrayList<>(flowKey().keySet());
    Document five = flowKey();
    five.remove("dest_port");
    Document listed = new Document("name", "i").append("key", five).append("unique", true);
    assertThat(Index.of(listed).identifies(fields)).isFalse();
  }

  @Test
  void anotherIndexOnTheSameFieldsIsAConflict() {
    database.getCollection("metrics").createIndex(flowKey());
    assertThat(fatal("layout", "flows"))
        .contains(
            "metrics.metrics conflicts with one that is there already, source_ip_1_dest_ip_1");
    // With another name, whether it conflicts depends on the server.
    server.backend().next("createIndexes", Fault.command(86));
    assertThat(fatal("layout", "flows", "mongodb.collection", "other"))
        .contains("conflicts with one that is there already", "(86)", "metrics.other");
  }

  /** It holds documents apart like any other, and the server takes it for the wanted one. */
  @Test
  void aHiddenUniqueIndexServes() {
    IndexOptions hidden = new IndexOptions().unique(true).hidden(true);
    database.getCollection("metrics").createIndex(flowKey(), hidden);
    assertThat(indexes("metrics")).anyMatch(listed -> listed.getBoolean("hidden", false));
    assertThat(opened("layout", "flows")).isEqualTo(DURABLE);
    assertThat(opened("layout", "flows", "mongodb.schema.create", "false")).isEqualTo(DURABLE);
    assertThat(server.backend().commands("createIndexes")).isEqualTo(1);
  }

  @Test
  void aHiddenIndexThatIsNotUniqueIsAConflict() {
    database.getCollection("metrics").createIndex(flowKey(), new IndexOptions().hidden(true));
    assertThat(fatal("layout", "flows")).contains("which is not unique", "drop that one");
  }

  @Test
  void flowsThatAreThereTwiceAreToldWithoutTheirContent() {
    server.backend().next("createIndexes", Fault.command(11_000));
    assertThat(fatal("layout", "flows"))
        .contains("documents that are there already have the same key")
        .doesNotContain("secret");
  }

  @Test
  void anotherTimeToLiveIsAConflict() {
    assertThat(opened("layout", "flows", "flows.ttl.seconds", "60")).isEqualTo(DURABLE);
    assertThat(fatal("layout", "flows", "flows.ttl.seconds", "61"))
        .contains("timestamp_1", "after 60 s and not after 61 s");
    database.getCollection("data_points").createIndex(new Document("expires", 1));
    assertThat(fatal()).contains("expires_1", "no time at all and not after 0 s");
  }

  @Test
  void pointsDoWithoutAnIndexForTheirEnd() {
    database.createCollection("data_points");
    assertThat(opened("mongodb.schema.create", "false")).isEqualTo(DURABLE);
    assertThat(indexes("data_points")).hasSize(1);
  }

  @Test
  void anOrdinaryCollectionIsNoTimeSeries() {
    database.createCollection("data_points_timeseries");
    assertThat(fatal("mongodb.datapoints", "timeseries"))
        .contains("is a collection and no time-series collection");
  }

  @Test
  void aTimeSeriesTakesNoUpserts() {
    database.createCollection(
        "data_points", new CreateCollectionOptions().timeSeriesOptions(new TimeSeriesOptions("t")));
    assertThat(fatal()).contains("is a timeseries, which takes no upserts");
  }

  @Test
  void aTimeSeriesOfOthersIsNotOurs() {
    database.createCollection(
        "data_points_timeseries",
        new CreateCollectionOptions()
            .timeSeriesOptions(new TimeSeriesOptions("timestamp").metaField("tags")));
    assertThat(fatal("mongodb.datapoints", "timeseries")).contains("timeField", "metaField");
  }

  @Test
  void aTimeSeriesWithAnotherTimeToLiveIsAConflict() {
    database.createCollection(
        "data_points_timeseries",
        new CreateCollectionOptions()
            .expireAfter(60, TimeUnit.SECONDS)
            .timeSeriesOptions(new TimeSeriesOptions("timestamp").metaField("series")));
    assertThat(fatal("mongodb.datapoints", "timeseries")).contains("after 60 s", "after 0 s");
    assertThat(opened("mongodb.datapoints", "timeseries", "kairosdb.ttl.default", "60"))
        .isEqualTo(DURABLE);
  }

  @Test
  void aValidatorThatTakesNoVersionFieldIsNamedAtTheStart() {
    database.createCollection("orders");
    assertThatThrownBy(
            () ->
                takesVersions(
                    new de.bwaldvogel.mongo.bson.Document("additionalProperties", false), "id"))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("takes no field _kafka");
    takesVersions(
        new de.bwaldvogel.mongo.bson.Document("additionalProperties", false), "id", "_kafka");
    takesVersions(new de.bwaldvogel.mongo.bson.Document(), "id");
  }

  /** The memory keeps no validators. */
  private void takesVersions(de.bwaldvogel.mongo.bson.Document schema, String... properties) {
    de.bwaldvogel.mongo.bson.Document known = new de.bwaldvogel.mongo.bson.Document();
    List.of(properties)
        .forEach(name -> known.append(name, new de.bwaldvogel.mongo.bson.Document()));
    schema.append("properties", known);
    var options =
        new de.bwaldvogel.mongo.bson.Document(
            "validator", new de.bwaldvogel.mongo.bson.Document("$jsonSchema", schema));
    server
        .backend()
        .next(
            "listCollections",
            (command, carriedOut) -> {
              var answer = carriedOut.run(command);
              ScriptedBackend.documents(answer.get("cursor"), "firstBatch")
                  .get(0)
                  .put("options", options);
              return answer;
            });
    new CollectionCheck(
            new TargetCollection(client, "metrics", "orders", new IndexBuilds(TestStores.CLOCK)),
            CollectionCheck.Missing.CREATED)
        .takes("_kafka", "versionField");
  }

  @Test
  void aCollectionThatAnotherTaskJustMadeIsTaken() {
    server.backend().next("create", Fault.command(48));
    assertThat(fatal("mongodb.datapoints", "timeseries")).contains("no time-series collection");
  }

  /** The server is told no time at which it would give the build up. */
  @Test
  void anIndexThatTakesLongerThanAnyTimeoutIsWaitedFor() throws InterruptedException {
    CountDownLatch finished = new CountDownLatch(1);
    AtomicReference<Object> maxTime = new AtomicReference<>("none");
    server
        .backend()
        .next(
            "createIndexes",
            (command, carriedOut) -> {
              maxTime.set(command.getOrDefault("maxTimeMS", "none"));
              await(finished);
              return carriedOut.run(command);
            });
    try (MongoStore store =
        TestStores.store(server.uri(), "layout", "flows", "mongodb.operation.timeout.ms", "500")) {
      for (int attempt = 0; attempt < 2; attempt++) {
        assertThat(open(store))
            .isInstanceOfSatisfying(
                Outcome.Unavailable.class,
                away ->
                    assertThat(away.reason())
                        .contains(
                            "the index source_ip_1_dest_ip_1_protocol_1_timestamp_-1_source_port_1",
                            "of metrics.metrics is being built, for 0 s now"));
      }
      finished.countDown();
      Await.until("the index", BOUND, () -> open(store) == DURABLE);
    }
    assertThat(maxTime.get()).isEqualTo("none");
    assertThat(server.backend().commands("createIndexes")).isEqualTo(1);
  }

  @Test
  void anIndexThatFailsAtItsEndFailsTheTask() {
    CountDownLatch finished = new CountDownLatch(1);
    server
        .backend()
        .next(
            "createIndexes",
            (command, carriedOut) -> {
              await(finished);
              return Fault.command(11_000).answer(command, carriedOut);
            });
    try (MongoStore store =
        TestStores.store(server.uri(), "layout", "flows", "mongodb.operation.timeout.ms", "500")) {
      assertThat(open(store)).isInstanceOf(Outcome.Unavailable.class);
      finished.countDown();
      Await.until("the end", BOUND, () -> open(store) instanceof Outcome.Fatal);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      if (!latch.await(BOUND.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("not released");
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** A server lists it like one that is there, unless it is asked; it keeps nothing apart yet. */
  @Test
  void anIndexThatAnotherProgramIsBuildingIsWaitedFor() {
    database.getCollection("metrics").createIndex(flowKey(), new IndexOptions().unique(true));
    try (MongoStore store = TestStores.store(server.uri(), "layout", "flows")) {
      server.backend().next("listIndexes", CollectionCheckIT::stillBuilding);
      assertThat(open(store))
          .isInstanceOfSatisfying(
              Outcome.Unavailable.class,
              away -> assertThat(away.reason()).contains("timestamp_-1", "is being built"));
      assertThat(open(store)).isEqualTo(DURABLE);
    }
    assertThat(server.backend().commands("createIndexes")).isEqualTo(1);
  }

  private static de.bwaldvogel.mongo.bson.Document stillBuilding(
      de.bwaldvogel.mongo.bson.Document command, ScriptedBackend.Command carriedOut) {
    assertThat(command.get("includeBuildUUIDs")).isEqualTo(true);
    var answer = carriedOut.run(command);
    List<de.bwaldvogel.mongo.bson.Document> listed = new ArrayList<>();
    for (var index : ScriptedBackend.documents(answer.get("cursor"), "firstBatch")) {
      boolean building = Boolean.TRUE.equals(index.get("unique"));
      listed.add(
          building
              ? new de.bwaldvogel.mongo.bson.Document("spec", index)
                  .append("buildUUID", java.util.UUID.randomUUID())
              : index);
    }
    ((de.bwaldvogel.mongo.bson.Document) Objects.requireNonNull(answer.get("cursor")))
        .put("firstBatch", listed);
    return answer;
  }

  @Test
  void aServerThatDoesNotKnowTheQuestionIsAskedPlainly() {
    server.backend().next("listIndexes", Fault.command(40_415));
    assertThat(opened("layout", "flows")).isEqualTo(DURABLE);
    server.backend().next("listIndexes", Fault.command(40_415));
    assertThat(opened("layout", "flows")).isEqualTo(DURABLE);
    assertThat(server.backend().commands("createIndexes")).isEqualTo(1);
  }

  @Test
  void aShardKeyThatIsNotInTheFilterFailsTheTaskWhateverTheTopic() {
    shardedBy("shop.orders", new Document("region", 1).append("id", "hashed"));
    String prefix = "topic.orders.shop.orders.";
    assertThat(
            fatal(
                "layout",
                "table",
                prefix + "mapping",
                "id=key, region=header.region",
                prefix + "key",
                "id"))
        .isEqualTo(
            prefix
                + "key: shop.orders is sharded by region, id, and its documents are found by id: an"
                + " upsert needs each field of the shard key there, so add them, or write to a"
                + " collection with another shard key");
    assertThat(
            opened(
                "layout",
                "table",
                prefix + "mapping",
                "id=key, region=header.region",
                prefix + "key",
                "id, region"))
        .isEqualTo(DURABLE);
    // A unique index of a sharded collection has to begin with the shard key.
    assertThat(client.getDatabase("shop").getCollection("orders").listIndexes())
        .anySatisfy(
            index -> assertThat(index.get("key")).hasToString("Document{{region=1, id=1}}"));
  }

  @Test
  void collectionsThatAreListedAndLieOnOneShardAreNotSharded() {
    shardedBy("metrics.data_points", new Document("metric", 1));
    assertThat(fatal()).startsWith("mongodb.collection: metrics.data_points is sharded by metric,");
    for (String mark : List.of("dropped", "unsplittable")) {
      client
          .getDatabase("config")
          .getCollection("collections")
          .updateOne(
              new Document("_id", "metrics.data_points"),
              new Document("$set", new Document(mark, true)));
      assertThat(opened()).isEqualTo(DURABLE);
      client
          .getDatabase("config")
          .getCollection("collections")
          .updateOne(
              new Document("_id", "metrics.data_points"),
              new Document("$set", new Document(mark, false)));
    }
    server.backend().next("find", Fault.command(13));
    assertThat(opened()).as("who may not look is told by a write").isEqualTo(DURABLE);
  }

  @Test
  void anIndexThatAShardedCollectionCannotHaveIsExplained() {
    server.backend().next("createIndexes", Fault.command(67));
    assertThat(fatal("layout", "flows"))
        .contains("(67)", "metrics.metrics", "has to begin with the shard key");
  }

  private void shardedBy(String collection, Document key) {
    server.backend().becomeRouter();
    client
        .getDatabase("config")
        .getCollection("collections")
        .insertOne(new Document("_id", collection).append("key", key));
  }

  @Test
  void whoMayNotCreateIsTold() {
    server.backend().next("createIndexes", Fault.command(13));
    assertThat(fatal()).isEqualTo("MongoCommandException: Unauthorized (13)");
  }

  @Test
  void aServerThatIsAwayIsAnOutageAndComesBack() {
    server.backend().next("createIndexes", Fault.command(91));
    try (MongoStore store = TestStores.store(server.uri(), "layout", "flows")) {
      assertThat(open(store)).isInstanceOf(Outcome.Unavailable.class);
      assertThat(open(store)).isEqualTo(DURABLE);
      assertThat(writeBatch(store, flow("a", "b", 1, 1, 1))).isEqualTo(DURABLE);
    }
  }

  @Test
  void nobodyListeningIsAnOutage() {
    server.close();
    try (MongoStore store = TestStores.store(server.uri(), "mongodb.operation.timeout.ms", "200")) {
      assertThat(open(store)).isInstanceOf(Outcome.Unavailable.class);
    }
  }

  @Test
  void aConnectionStringThatTheDriverRefusesIsNotRepeated() {
    try (MongoStore store = TestStores.store("mongodb://writer:hun/ter2@db.example/")) {
      Outcome outcome = open(store);
      assertThat(outcome).isInstanceOf(Outcome.Fatal.class);
      assertThat(((Outcome.Fatal) outcome).reason())
          .contains("mongodb.uri")
          .doesNotContain("hun", "ter2");
      assertThat(((Outcome.Fatal) outcome).cause()).hasNoCause();
    }
  }

  private Outcome opened(String... settings) {
    try (MongoStore store = TestStores.store(server.uri(), settings)) {
      return open(store);
    }
  }

  private String fatal(String... settings) {
    Outcome outcome = opened(settings);
    assertThat(outcome).isInstanceOf(Outcome.Fatal.class);
    return ((Outcome.Fatal) outcome).reason();
  }

  private List<Document> indexes(String collection) {
    return database.getCollection(collection).listIndexes().into(new ArrayList<>());
  }
}
