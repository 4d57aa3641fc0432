package io.datapoints.connect.store.mongodb;

import static io.datapoints.connect.store.mongodb.TestStores.flowKey;
import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.IndexOptions;
import de.bwaldvogel.mongo.bson.Document;
import io.datapoints.connect.kit.Await;
import io.datapoints.connect.store.Outcome;
import io.datapoints.connect.store.ValidationResult;
import io.datapoints.connect.store.ValidationResult.SettingError;
import io.datapoints.connect.store.mongodb.ScriptedBackend.Fault;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What a MongoDB has against settings before any task runs; nothing is created meanwhile. */
class MongoValidatorIT {

  private static final Duration BOUND = Duration.ofMinutes(1);
  private static final String SECRET = "hunter2";
  private static final String T = "topic.orders.shop.orders.";

  @AutoClose private final InMemoryMongo server = new InMemoryMongo();
  @AutoClose private final MongoClient client = MongoClients.create(server.uri());
  private final MongoDatabase database = client.getDatabase("metrics");

  @Test
  void whatTheTasksWillCreateMayBeMissing() {
    for (String datapoints : List.of("point", "bucket", "timeseries")) {
      assertThat(findings("mongodb.datapoints", datapoints)).isEmpty();
    }
    assertThat(findings("layout", "flows", "flows.ttl.seconds", "60")).isEmpty();
    assertThat(findings("layout", "table", T + "mapping", "id=key", T + "key", "id")).isEmpty();
    assertThat(database.listCollectionNames()).isEmpty();
    assertThat(client.getDatabase("shop").listCollectionNames()).isEmpty();
    assertThat(server.backend().commands("createIndexes")).isZero();
    assertThat(server.backend().commands("create")).isZero();
  }

  @Test
  void whatIsReadyIsLeftAlone() {
    String[] settings = {"layout", "flows", "flows.ttl.seconds", "60"};
    try (MongoStore store = TestStores.store(server.uri(), settings)) {
      assertThat(TestStores.open(store)).isEqualTo(Outcome.Durable.DURABLE);
    }
    assertThat(findings(settings)).isEmpty();
    assertThat(findings(with(settings, "mongodb.schema.create", "false"))).isEmpty();
  }

  @Test
  void withoutCreationAMissingCollectionIsTold() {
    assertThat(findings("layout", "flows", "mongodb.schema.create", "false"))
        .containsExactly(
            new SettingError(
                "mongodb.collection",
                "mongodb.collection: the collection is missing: metrics.metrics has to be made"
                    + " ready by hand, or mongodb.schema.create switched on"));
    assertThat(
            findings(
                "layout",
                "table",
                T + "mapping",
                "id=key",
                T + "key",
                "id",
                "mongodb.schema.create",
                "false"))
        .extracting(each -> ((SettingError) each).setting())
        .containsExactly(T + "mapping");
  }

  @Test
  void anIndexInTheWayIsToldThoughNothingIsCreated() {
    database.getCollection("metrics").createIndex(flowKey());
    assertThat(findings("layout", "flows"))
        .singleElement()
        .isInstanceOfSatisfying(
            SettingError.class,
            complaint -> {
              assertThat(complaint.setting()).isEqualTo("mongodb.collection");
              assertThat(complaint.message()).contains("which is not unique", "drop that one");
            });
    assertThat(server.backend().commands("createIndexes")).isEqualTo(1);
  }

  @Test
  void aCollectionOfAnotherKeyIsToldOnItsSetting() {
    database.getCollection("metrics").createIndex(flowKey(), new IndexOptions().unique(true));
    assertThat(findings("layout", "flows", "flows.key", "record"))
        .singleElement()
        .isInstanceOfSatisfying(
            SettingError.class,
            complaint -> {
              assertThat(complaint.setting()).isEqualTo("flows.key");
              assertThat(complaint.message()).contains("which another value of this setting made");
            });
    database.getCollection("metrics").dropIndexes();
    database
        .getCollection("metrics")
        .createIndex(flowKey().append("id", 1), new IndexOptions().unique(true));
    assertThat(findings("layout", "flows"))
        .extracting(each -> ((SettingError) each).setting())
        .containsExactly("flows.key");
    assertThat(findings("layout", "flows", "flows.key", "id", "flows.field.id", "x")).isEmpty();
  }

  @Test
  void aHiddenUniqueIndexIsNotInTheWay() {
    database
        .getCollection("metrics")
        .createIndex(flowKey(), new IndexOptions().unique(true).hidden(true));
    assertThat(findings("layout", "flows")).isEmpty();
    assertThat(findings("layout", "flows", "mongodb.schema.create", "false")).isEmpty();
  }

  @Test
  void anotherTimeToLiveIsToldOnItsSetting() {
    database.getCollection("metrics").createIndex(flowKey(), new IndexOptions().unique(true));
    database
        .getCollection("metrics")
        .createIndex(
            new org.bson.Document("timestamp", 1),
            new IndexOptions().expireAfter(60L, TimeUnit.SECONDS));
    assertThat(findings("layout", "flows", "flows.ttl.seconds", "61"))
        .extracting(each -> ((SettingError) each).setting())
        .containsExactly("flows.ttl.seconds");
  }

  @Test
  void aMappingThatMongodbCannotWriteIsToldOnItsSetting() {
    String bills = "topic.orders.shop.bills.";
    assertThat(
            findings(
                "layout",
                "table",
                T + "mapping",
                "id=key, \"$a\"=value.a",
                T + "key",
                "id",
                bills + "mapping",
                "_id.number=key",
                bills + "key",
                "_id.number"))
        .extracting(each -> ((SettingError) each).setting())
        .containsExactly(bills + "key", T + "mapping");
  }

  @Test
  void aShardKeyThatIsNotInTheKeyIsToldOnTheKey() {
    server.backend().becomeRouter();
    client
        .getDatabase("config")
        .getCollection("collections")
        .insertOne(
            new org.bson.Document("_id", "shop.orders")
                .append("key", new org.bson.Document("region", 1)));
    assertThat(findings("layout", "table", T + "mapping", "* = value", T + "key", "id"))
        .singleElement()
        .isInstanceOfSatisfying(
            SettingError.class,
            complaint -> {
              assertThat(complaint.setting()).isEqualTo(T + "key");
              assertThat(complaint.message())
                  .startsWith(T + "key: shop.orders is sharded by region,");
            });
    assertThat(findings("layout", "table", T + "mapping", "* = value", T + "key", "id, region"))
        .isEmpty();
  }

  /** The tasks wait for it. */
  @Test
  void anIndexThatIsBeingBuiltIsNoComplaint() {
    database.getCollection("metrics").createIndex(flowKey(), new IndexOptions().unique(true));
    server
        .backend()
        .next(
            "listIndexes",
            (command, carriedOut) -> {
              Document answer = carriedOut.run(command);
              Document cursor = (Document) Objects.requireNonNull(answer.get("cursor"));
              List<Document> listed =
                  ScriptedBackend.documents(cursor, "firstBatch").stream()
                      .map(index -> new Document("spec", index).append("buildUUID", 1))
                      .toList();
              cursor.put("firstBatch", listed);
              return answer;
            });
    assertThat(findings("layout", "flows")).isEmpty();
  }

  /** An ordinary collection comes with its first index or document, by the right to those. */
  @Test
  void whatTheUserMayNotDoIsNamed() {
    userMay("find", "insert");
    assertThat(findings("layout", "flows"))
        .containsExactly(
            new SettingError(
                "mongodb.uri",
                "mongodb.uri: the user lacks the privileges createIndex, update"
                    + " on metrics.metrics: grant the role readWrite on metrics"));
  }

  @Test
  void onlyATimeSeriesNeedsTheRightToCreateACollection() {
    userMay("createIndex", "find", "insert", "update");
    assertThat(findings("layout", "flows")).isEmpty();
    userMay("createIndex", "find", "insert", "update");
    assertThat(findings("mongodb.datapoints", "timeseries"))
        .containsExactly(
            new SettingError(
                "mongodb.uri",
                "mongodb.uri: the user lacks the privileges createCollection on"
                    + " metrics.data_points_timeseries: grant the role readWrite on metrics"));
  }

  @Test
  void whoMayNotLookIsTold() {
    server.backend().next("listCollections", Fault.command(13));
    assertThat(findings())
        .singleElement()
        .isInstanceOfSatisfying(
            SettingError.class,
            complaint -> {
              assertThat(complaint.setting()).isEqualTo("mongodb.uri");
              assertThat(complaint.message()).contains("readWrite").doesNotContain("secret");
            });
  }

  @Test
  void aWrongPasswordIsTheAddresssFaultAndFailsATask() {
    String uri =
        server
            .uri()
            .replace("mongodb://", "mongodb://me:" + SECRET + "@")
            .concat("&authMechanism=PLAIN");
    server.backend().next("saslStart", Fault.command(18));
    assertThat(findingsAt(uri))
        .singleElement()
        .isInstanceOfSatisfying(
            SettingError.class,
            complaint -> {
              assertThat(complaint.setting()).isEqualTo("mongodb.uri");
              assertThat(complaint.message())
                  .contains("refuses this user with this password", "authSource")
                  .doesNotContain(SECRET, "me:");
            });
    server.backend().next("saslStart", Fault.command(18));
    try (MongoStore store = TestStores.store(uri)) {
      assertThat(TestStores.open(store))
          .isInstanceOfSatisfying(
              Outcome.Fatal.class,
              fatal ->
                  assertThat(fatal.reason())
                      .isEqualTo(
                          "the server refuses the user and password of mongodb.uri"
                              + " (MongoSecurityException: AuthenticationFailed (18))"));
    }
  }

  @Test
  void aServerThatIsAwayIsNoComplaint() {
    server.close();
    assertThat(findings("mongodb.operation.timeout.ms", "200"))
        .singleElement()
        .isInstanceOf(ValidationResult.Unknown.class);
  }

  @Test
  void aServerThatDoesNotAnswerIsLetGoOf() throws IOException {
    // Connections wait in the queue of the socket, and nobody takes them out.
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      MongoValidator validator =
          new MongoValidator(
              TestStores.config(
                  "mongodb://127.0.0.1:"
                      + silent.getLocalPort()
                      + "/?serverSelectionTimeoutMS=600000",
                  "mongodb.operation.timeout.ms",
                  "500000",
                  "flush.timeout.ms",
                  "600000"),
              "silent",
              BOUND.multipliedBy(10));
      var unused = validator.validate();
      Await.until("the look", BOUND, () -> threads().contains("silent-mongodb"));
      validator.close();
      Await.until("the end of the look", BOUND, () -> !threads().contains("silent-mongodb"));
    }
  }

  /** So the server answers the next one who asks. */
  private void userMay(String... actions) {
    Document privilege =
        new Document("resource", new Document("db", "metrics").append("collection", ""))
            .append("actions", List.of(actions));
    Document user =
        new Document("authenticatedUsers", List.of(new Document("user", "u")))
            .append("authenticatedUserPrivileges", List.of(privilege));
    server
        .backend()
        .next(
            "connectionStatus",
            (command, carriedOut) -> new Document("authInfo", user).append("ok", 1.0));
  }

  private static List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).toList();
  }

  private List<ValidationResult> findings(String... settings) {
    return findingsAt(server.uri(), settings);
  }

  private static List<ValidationResult> findingsAt(String uri, String... settings) {
    try (MongoValidator validator =
        new MongoValidator(TestStores.config(uri, settings), "validation", BOUND)) {
      return validator
          .validate()
          .toCompletableFuture()
          .orTimeout(BOUND.toSeconds(), TimeUnit.SECONDS)
          .join();
    }
  }

  private static String[] with(String[] settings, String key, String value) {
    String[] all = Arrays.copyOf(settings, settings.length + 2);
    all[settings.length] = key;
    all[settings.length + 1] = value;
    return all;
  }
}
