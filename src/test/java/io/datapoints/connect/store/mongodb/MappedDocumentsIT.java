package io.datapoints.connect.store.mongodb;

import static io.datapoints.connect.store.mongodb.Target.cells;
import static io.datapoints.connect.store.mongodb.Target.cellsOf;
import static io.datapoints.connect.store.mongodb.Target.tombstone;
import static io.datapoints.connect.store.mongodb.TestStores.await;
import static io.datapoints.connect.store.mongodb.TestStores.row;
import static io.datapoints.connect.store.mongodb.TestStores.write;
import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.IndexOptions;
import io.datapoints.connect.model.BsonValue;
import io.datapoints.connect.model.DecimalValue;
import io.datapoints.connect.model.MappedRecord;
import io.datapoints.connect.model.Sample;
import io.datapoints.connect.store.HandSetClock;
import io.datapoints.connect.store.Outcome;
import io.datapoints.connect.store.Plan;
import io.datapoints.connect.store.Row;
import io.datapoints.connect.store.Store;
import io.datapoints.connect.store.mongodb.bulk.BulkKey;
import io.datapoints.connect.store.mongodb.collection.Index;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.bson.BsonDocument;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a server holds after documents were written by mappings: the server that the environment
 * names, or else one in this process.
 */
class MappedDocumentsIT {

  private static final Outcome DURABLE = Outcome.Durable.DURABLE;

  private final String database = "mapped_" + UUID.randomUUID().toString().substring(0, 8);
  private final Target orders = Target.of(database, "orders", "id", "a", "b");

  @AutoClose private final InMemoryMongo inMemory = new InMemoryMongo();

  private final String uri =
      Objects.requireNonNullElse(System.getenv("DATAPOINTS_TEST_MONGODB_URI"), inMemory.uri());

  @AutoClose private final MongoClient client = MongoClients.create(uri);

  @AfterEach
  void drop() {
    client.getDatabase(database).drop();
    client.getDatabase(database + "_2").drop();
  }

  @Test
  void aTopicIsCoveredOnceItsCollectionsAreReady() {
    try (Store store = MappedDocuments.store(uri, List.of(orders))) {
      assertThat(TestStores.open(store)).isEqualTo(DURABLE);
      assertThat(client.getDatabase(database).listCollectionNames()).isEmpty();
      assertThat(store.covers("orders")).isFalse();
      assertThat(TestStores.open(store)).isEqualTo(DURABLE);
      assertThat(store.covers("orders")).isTrue();
    }
    assertThat(indexes("orders")).anyMatch(index -> index.identifies(List.of("id")));
  }

  /** The decoder rejects its records, each by itself; there is nothing to make ready for them. */
  @Test
  void aTopicWithoutAMappingNeedsNoCollection() {
    try (Store store = MappedDocuments.store(uri, List.of(orders))) {
      assertThat(store.covers("payments")).isTrue();
      ready(store);
      assertThat(store.covers("payments")).isTrue();
      assertThat(write(store, List.of(cells(1, "x", 1, 2)))).containsOnly(DURABLE);
    }
    assertThat(stored("orders")).hasSize(1);
  }

  @Test
  void aKeyThatIsTheIdNeedsNoIndexOfItsOwn() {
    try (Store store = open(Target.of(database, "orders", "_id", "a"))) {
      assertThat(write(store, List.of(cells(1, "x", 1)))).containsOnly(DURABLE);
    }
    assertThat(indexes("orders")).extracting(Index::name).containsExactly("_id_");
    assertThat(collection("orders").find()).containsExactly(BsonDocument.parse("{_id: 'x', a: 1}"));
  }

  /** The key is a setting: no record of any topic cures it, and none becomes a bad one for it. */
  @Test
  void aShardKeyThatIsNotInTheKeyFailsTheTaskThoughTheTopicOnlyMatchesAPattern() {
    inMemory.backend().becomeRouter();
    try (MongoClient router = MongoClients.create(inMemory.uri());
        Store store = MappedDocuments.store(inMemory.uri(), List.of(orders))) {
      router
          .getDatabase("config")
          .getCollection("collections")
          .insertOne(
              new Document("_id", database + ".orders").append("key", new Document("region", 1)));
      assertThat(TestStores.open(store)).isEqualTo(DURABLE);
      assertThat(store.covers("orders")).isFalse();
      assertThat(TestStores.open(store))
          .isInstanceOfSatisfying(
              Outcome.Fatal.class,
              fatal -> assertThat(fatal.reason()).contains("orders.key: ", "sharded by region"));
    }
  }

  @Test
  void anIndexThatIsBeingBuiltRefusesNoTopic() {
    inMemory.backend().next("createIndexes", ScriptedBackend.Fault.command(50));
    try (Store store = MappedDocuments.store(inMemory.uri(), List.of(orders))) {
      assertThat(TestStores.open(store)).isEqualTo(DURABLE);
      assertThat(store.covers("orders")).isFalse();
      assertThat(TestStores.open(store)).isInstanceOf(Outcome.Unavailable.class);
      assertThat(store.covers("orders")).isFalse();
      assertThat(TestStores.open(store)).isEqualTo(DURABLE);
      assertThat(store.covers("orders")).isTrue();
    }
  }

  @Test
  void idsThatOtherProgramsWroteAreFound() {
    List<String> ids =
        List.of(
            "{$oid: '65a1b2c3d4e5f60718293a4b'}",
            "{$uuid: '00112233-4455-6677-8899-aabbccddeeff'}",
            "42",
            "{$date: 0}");
    for (String id : ids) {
      collection("orders").insertOne(BsonDocument.parse("{_id: " + id + ", a: 1}"));
    }
    try (Store store = open(Target.of(database, "orders", "_id", "a"))) {
      List<Object> values =
          List.of(
              BsonValue.objectId(HexFormat.of().parseHex("65a1b2c3d4e5f60718293a4b")),
              UUID.fromString("00112233-4455-6677-8899-aabbccddeeff"),
              DecimalValue.of(new BigDecimal("42.00")),
              Instant.EPOCH);
      for (Object value : values) {
        assertThat(write(store, List.of(cells(1, value, 2)))).containsOnly(DURABLE);
      }
    }
    assertThat(collection("orders").find())
        .extracting(document -> document.getInt32("a").getValue())
        .containsExactly(2, 2, 2, 2);
  }

  @Test
  void whatOnlyAnOperatorCanPutRightIsFatal() {
    assertThat(fatal("orders", List.of(Target.of(database, "orders", "id", "__ttl"))))
        .contains("topic.orders." + database + ".orders.mapping: __ttl");
    assertThat(fatal("orders", List.of(orders), "mongodb.schema.create", "false"))
        .contains("the collection is missing: " + database + ".orders");
    collection("orders").insertMany(List.of(new BsonDocument(), new BsonDocument()));
    assertThat(fatal("orders", List.of(orders))).contains("documents that are there already");
    assertThat(fatal("orders", List.of(orders), "mongodb.schema.create", "false"))
        .contains("a unique index on id is missing");
  }

  @Test
  void aTopicThatOnlyMatchesAPatternIsRefusedAloneUntilItsCollectionIsReady() {
    Map<String, List<Target>> targets =
        Map.of(
            "orders", List.of(orders),
            "missing", List.of(Target.of(database, "missing", "id", "a")),
            "no.name", List.of(Target.of(database + ".no", "orders", "id", "a")),
            "misfit", List.of(Target.of(database, "orders", "id", "__ttl")));
    HandSetClock clock = new HandSetClock();
    makeReady("orders");
    try (Store store =
        MappedDocuments.matched(uri, targets, clock, "mongodb.schema.create", "false")) {
      assertThat(TestStores.open(store)).isEqualTo(DURABLE);
      for (String topic : List.of("missing", "no.name", "misfit", "orders")) {
        assertThat(store.covers(topic)).isFalse();
        assertThat(TestStores.open(store)).isEqualTo(DURABLE);
        assertThat(store.covers(topic)).isTrue();
      }
      assertThat(refused(store, "missing")).contains("is missing: " + database + ".missing");
      assertThat(refused(store, "no.name")).contains(database + ".no.orders is no name");
      assertThat(refused(store, "misfit")).contains("__ttl");
      assertThat(write(store, List.of(cells(1, "x", 1, 2)))).containsOnly(DURABLE);

      makeReady("missing");
      clock.forward(Duration.ofSeconds(10));
      assertThat(store.covers("missing")).isFalse();
      assertThat(TestStores.open(store)).isEqualTo(DURABLE);
      assertThat(store.covers("missing")).isTrue();
      assertThat(write(store, List.of(of("missing")))).containsOnly(DURABLE);
    }
    assertThat(stored("orders")).hasSize(1);
    assertThat(stored("missing")).hasSize(1);
  }

  private void makeReady(String collection) {
    collection(collection).createIndex(new Document("id", 1), new IndexOptions().unique(true));
  }

  private static String refused(Store store, String topic) {
    return ((Plan.Rejected) store.plan(of(topic))).reason();
  }

  private static MappedRecord of(String topic) {
    return new MappedRecord(topic, 0, new Object[] {"x", 1}, null, false, Target.origin(1));
  }

  /** What the server may say to everything drains no topic into the dead letters. */
  @ParameterizedTest
  @ValueSource(ints = {17262, 50, 112})
  void whatTimeCuresOrNobodyKnowsRefusesNoTopic(int code) {
    try (Store store = MappedDocuments.store(inMemory.uri(), List.of(orders))) {
      assertThat(store.covers("orders")).isFalse();
      inMemory.backend().next("listCollections", ScriptedBackend.Fault.command(code));
      assertThat(TestStores.open(store)).isInstanceOf(Outcome.Unavailable.class);
      assertThat(store.covers("orders")).isFalse();
      assertThat(TestStores.open(store)).isEqualTo(DURABLE);
      assertThat(write(store, List.of(cells(1, "x", 1, 2)))).containsOnly(DURABLE);
    }
  }

  @Test
  void aUserWithoutARightToAnythingFailsTheTaskAndOneWithoutARightToOneCollectionRefusesIt() {
    Map<String, List<Target>> targets =
        Map.of("orders", List.of(orders), "late", List.of(Target.of(database, "late", "id")));
    ScriptedBackend.Fault unauthorized = ScriptedBackend.Fault.command(13);
    try (Store store = MappedDocuments.matched(inMemory.uri(), targets, TestStores.CLOCK)) {
      assertThat(store.covers("orders")).isFalse();
      inMemory.backend().next("listCollections", unauthorized);
      assertThat(TestStores.open(store)).isInstanceOf(Outcome.Fatal.class);
      assertThat(TestStores.open(store)).isEqualTo(DURABLE);
      assertThat(store.covers("late")).isFalse();
      inMemory.backend().next("listCollections", unauthorized);
      assertThat(TestStores.open(store)).isEqualTo(DURABLE);
      assertThat(refused(store, "late")).contains("Unauthorized (13)");
    }
  }

  @Test
  void nestedDocumentsListsAndTheRestAreThere() {
    Target target =
        Target.of(database, "orders", "id", "address/city", "+tags", "+seen").rest("secret");
    Map<String, @Nullable Object> rest = new LinkedHashMap<>();
    rest.put("id", "not this");
    rest.put("address", "nor this");
    rest.put("lines", List.of(Map.of("sku", "s", "count", 2), Map.of("sku", "t", "count", 1L)));
    rest.put("gone", null);
    MappedRecord cells = cellsOf(0, 1, rest, 7L, "Ulm", List.of("x", "y"), Map.of("mo", 1));
    MappedRecord more =
        cellsOf(0, 2, Map.of("note", "n"), 7L, null, List.of("y", "z"), Map.of("tu", 2));
    try (Store store = open(target)) {
      for (int replay = 0; replay < 2; replay++) {
        assertThat(write(store, List.of(cells))).containsOnly(DURABLE);
        assertThat(write(store, List.of(more))).containsOnly(DURABLE);
      }
    }
    assertThat(stored("orders"))
        .containsExactly(
            BsonDocument.parse(
                """
                {id: {$numberLong: '7'}, address: {city: 'Ulm'}, note: 'n',
                 lines: [{sku: 's', count: 2}, {sku: 't', count: {$numberLong: '1'}}],
                 seen: {mo: 1, tu: 2}, tags: ['x', 'y', 'z']}\
                """));
  }

  @Test
  void oneTopicGoesToTwoCollections() {
    Target archive = Target.of(database + "_2", "orders", "key/id", "at").keyed("key.id");
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      samples.add(cellsOf(0, i, null, "k" + i, i, null));
      samples.add(cellsOf(1, i, null, "k" + i, i));
    }
    try (Store store = open(orders, archive)) {
      assertThat(write(store, samples)).containsOnly(DURABLE);
      assertThat(write(store, samples)).containsOnly(DURABLE);
    }
    assertThat(collection("orders").countDocuments()).isEqualTo(200);
    MongoCollection<BsonDocument> second =
        client.getDatabase(database + "_2").getCollection("orders", BsonDocument.class);
    assertThat(second.countDocuments()).isEqualTo(200);
    BsonDocument one = Objects.requireNonNull(second.find(new Document("key.id", "k7")).first());
    one.remove("_id");
    assertThat(one).isEqualTo(BsonDocument.parse("{key: {id: 'k7'}, at: 7}"));
  }

  @Test
  void changesOfOneDocumentInOneBatchTakeEffectInTheirOrder() {
    try (Store store = open(orders)) {
      batch(store, cells(1, "x", 1, 1), cells(2, "x", null, 2), cells(3, "x", 3, null));
      assertThat(stored("orders")).containsExactly(BsonDocument.parse("{id: 'x', a: 3, b: 2}"));
      batch(store, cells(4, "x", 4, null), tombstone(5, "x", null, null));
      assertThat(stored("orders")).isEmpty();
      batch(
          store,
          cells(6, "x", 6, 6),
          cells(7, "x", null, 7),
          tombstone(8, "x", null, null),
          cells(9, "x", null, 9));
      assertThat(stored("orders")).containsExactly(BsonDocument.parse("{id: 'x', b: 9}"));
      batch(store, tombstone(10, "x", null, null), cells(11, "x", 11, null));
      assertThat(stored("orders")).containsExactly(BsonDocument.parse("{id: 'x', a: 11}"));
      batch(
          store,
          cells(13, "x", 13, null),
          cells(14, "y", 14, null),
          tombstone(15, "x", null, null),
          cells(16, "x", 16, null),
          cells(17, "y", null, 17),
          tombstone(18, "z", null, null));
      assertThat(stored("orders"))
          .containsExactlyInAnyOrder(
              BsonDocument.parse("{id: 'x', a: 16}"),
              BsonDocument.parse("{id: 'y', a: 14, b: 17}"));
    }
  }

  /** Against a plain map, for batches of any mixture and length, each replayed. */
  @Test
  void anyMixtureOfChangesEndsAsTheLogSays() {
    Random random = new Random(7);
    Map<String, BsonDocument> expected = new LinkedHashMap<>();
    try (Store store = open(orders)) {
      long offset = 0;
      for (int round = 0; round < 60; round++) {
        List<MappedRecord> log = new ArrayList<>();
        for (int i = random.nextInt(30) + 1; i > 0; i--) {
          log.add(change(random, offset++));
        }
        for (MappedRecord change : log) {
          apply(change, expected);
        }
        assertThat(write(store, log)).containsOnly(DURABLE);
        assertThat(write(store, log)).containsOnly(DURABLE);
        assertThat(stored("orders")).containsExactlyInAnyOrderElementsOf(expected.values());
      }
    }
  }

  private static MappedRecord change(Random random, long offset) {
    String id = "k" + random.nextInt(4);
    Integer value = (int) offset;
    return switch (random.nextInt(4)) {
      case 0 -> tombstone(offset, id, null, null);
      case 1 -> cells(offset, id, value, null);
      case 2 -> cells(offset, id, null, value);
      default -> cells(offset, id, value, value);
    };
  }

  private static void apply(MappedRecord change, Map<String, BsonDocument> documents) {
    String id = String.valueOf(change.value(0));
    if (change.deletion()) {
      documents.remove(id);
      return;
    }
    BsonDocument document =
        documents.computeIfAbsent(id, key -> BsonDocument.parse("{id: '" + key + "'}"));
    for (int field = 1; field <= 2; field++) {
      if (change.value(field) instanceof Integer value) {
        document.put(field == 1 ? "a" : "b", new org.bson.BsonInt32(value));
      }
    }
  }

  @Test
  void topicsThatFillOneDocumentLiveTogether() {
    Target first = Target.of(database, "orders", "id", "a");
    Target second = Target.of(database, "orders", "id", "b");
    try (Store store = open(first, second)) {
      MappedRecord ofFirst = cellsOf(0, 1, null, "x", 1);
      MappedRecord ofSecond = cellsOf(1, 2, null, "x", 2);
      assertThat(write(store, List.of(ofFirst))).containsOnly(DURABLE);
      assertThat(write(store, List.of(ofSecond))).containsOnly(DURABLE);
      for (int replay = 0; replay < 2; replay++) {
        batch(store, tombstone(3, "x", (Object) null), tombstone(4, "absent", (Object) null));
        assertThat(stored("orders")).containsExactly(BsonDocument.parse("{id: 'x', b: 2}"));
      }
    }
  }

  @Test
  void aDocumentThatIsRewrittenAllTheTimeIsOneOperationABatch() {
    try (Store store = MappedDocuments.store(inMemory.uri(), List.of(orders))) {
      ready(store);
      MappedRecord[] rewrites =
          IntStream.range(0, 1_000).mapToObj(i -> cells(i, "x", i, i)).toArray(MappedRecord[]::new);
      batch(store, rewrites);
      assertThat(inMemory.backend().writtenBytes()).isBetween(50L, 1_000L);
    }
  }

  @Test
  void aDocumentThatSetsNothingIsThere() {
    try (Store store =
        open(Target.of(database, "orders", "id", "address/x").keyed("id", "address.x"))) {
      for (int replay = 0; replay < 2; replay++) {
        assertThat(write(store, List.of(cells(1, "x", 5)))).containsOnly(DURABLE);
      }
    }
    assertThat(stored("orders"))
        .containsExactly(BsonDocument.parse("{id: 'x', address: {x: {$numberLong: '5'}}}"));
  }

  private void batch(Store store, MappedRecord... cells) {
    Map<BulkKey, List<Row>> bulks = new LinkedHashMap<>();
    for (MappedRecord each : cells) {
      Row row = row(store.plan(each));
      bulks.computeIfAbsent((BulkKey) row.partition(), key -> new ArrayList<>()).add(row);
    }
    bulks.forEach(
        (key, rows) -> {
          rows.sort(Row::compareClusteringKey);
          assertThat(await(store.write(rows))).isEqualTo(DURABLE);
        });
  }

  private Store open(Target... targets) {
    Store store = MappedDocuments.store(uri, Arrays.asList(targets), "max.in.flight.batches", "2");
    ready(store);
    return store;
  }

  private static void ready(Store store) {
    assertThat(store.covers("orders")).isFalse();
    assertThat(TestStores.open(store)).isEqualTo(DURABLE);
  }

  private String fatal(String topic, List<Target> targets, String... settings) {
    try (Store store = MappedDocuments.named(uri, targets, settings)) {
      Outcome outcome = TestStores.open(store);
      assertThat(store.covers(topic)).isFalse();
      assertThat(outcome).isInstanceOf(Outcome.Fatal.class);
      return ((Outcome.Fatal) outcome).reason();
    }
  }

  private List<Index> indexes(String collection) {
    return client
        .getDatabase(database)
        .getCollection(collection)
        .listIndexes()
        .map(Index::of)
        .into(new ArrayList<>());
  }

  private List<BsonDocument> stored(String collection) {
    List<BsonDocument> stored = collection(collection).find().into(new ArrayList<>());
    stored.forEach(document -> document.remove("_id"));
    return stored;
  }

  private MongoCollection<BsonDocument> collection(String name) {
    return client.getDatabase(database).getCollection(name, BsonDocument.class);
  }
}
