package io.datapoints.connect.store.mongodb;

import static io.datapoints.connect.store.mongodb.Target.cells;
import static io.datapoints.connect.store.mongodb.Target.tombstone;
import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.model.IndexOptions;
import de.bwaldvogel.mongo.bson.Document;
import io.datapoints.connect.model.MappedRecord;
import io.datapoints.connect.store.Outcome;
import io.datapoints.connect.store.mongodb.ScriptedBackend.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bson.BsonDocument;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** That changes of one document keep their order when a server does not take all of them. */
class OrderedChangesIT {

  private static final Outcome DURABLE = Outcome.Durable.DURABLE;
  private static final Fault WELL = (command, carriedOut) -> carriedOut.run(command);

  private static final int CONFLICT = 112;
  private static final int VALIDATION = 121;
  private static final int DUPLICATE = 11_000;
  private static final int TOO_MANY_HOSTS_AWAY = 100;

  @AutoClose private final InMemoryMongo server = new InMemoryMongo();
  @AutoClose private final MongoClient client = MongoClients.create(server.uri());

  @AutoClose
  private final MongoStore store =
      MappedDocuments.store(
          server.uri(),
          List.of(Target.of("shop", "orders", "id", "a", "b")),
          "max.in.flight.batches",
          "1");

  @BeforeEach
  void openTheStore() {
    assertThat(store.covers("orders")).isFalse();
    assertThat(TestStores.open(store)).isEqualTo(DURABLE);
  }

  @Test
  void whatFollowsAChangeThatIsToBeWrittenAgainWaitsForIt() {
    server.backend().next("update", failing(0, CONFLICT));
    List<Outcome> rows =
        write(cells(1, "x", 1, null), cells(2, "x", null, 2), cells(3, "y", 3, null));
    assertThat(rows.get(0)).isInstanceOf(Outcome.Unavailable.class);
    assertThat(rows.get(1)).isInstanceOf(Outcome.Unavailable.class);
    assertThat(rows.get(2)).isEqualTo(DURABLE);
    assertThat(stored()).containsExactly(BsonDocument.parse("{id: 'y', a: 3}"));
  }

  @Test
  void whatFollowsARefusedChangeGoesOn() {
    server.backend().next("update", failing(0, VALIDATION));
    List<Outcome> rows = write(cells(1, "x", 1, null), cells(2, "x", null, 2));
    assertThat(rows.get(0)).isInstanceOf(Outcome.Refused.class);
    assertThat(rows.get(1)).isEqualTo(DURABLE);
    assertThat(stored()).containsExactly(BsonDocument.parse("{id: 'x', b: 2}"));
  }

  @Test
  void theCulpritAmongChangesThatWereSentAsOneStandsAlone() {
    server.backend().next("update", failing(0, VALIDATION));
    server.backend().next("update", WELL);
    server.backend().next("update", failing(0, VALIDATION));
    List<Outcome> rows =
        write(
            cells(1, "x", 1, 1), cells(2, "x", 2, 2), cells(3, "x", 3, 3), cells(4, "x", 4, null));
    assertThat(rows.get(1)).isInstanceOf(Outcome.Refused.class);
    rows.remove(1);
    assertThat(rows).containsOnly(DURABLE);
    assertThat(stored()).containsExactly(BsonDocument.parse("{id: 'x', a: 4, b: 3}"));
  }

  @Test
  void anUpsertThatMetAnotherOneIsRepeatedBeforeWhatFollows() {
    server.backend().next("update", failing(0, DUPLICATE));
    assertThat(write(cells(1, "x", 1, 1), cells(2, "x", 2, null))).containsOnly(DURABLE);
    assertThat(stored()).containsExactly(BsonDocument.parse("{id: 'x', a: 2, b: 1}"));
    assertThat(server.backend().commands("update")).isEqualTo(3);
  }

  /** Two changes that are sent as one, and another document that has what both want. */
  @Test
  void changesThatCollideEveryTimeAreRefusedEachByItself() {
    client
        .getDatabase("shop")
        .getCollection("orders")
        .createIndex(new org.bson.Document("a", 1), new IndexOptions().unique(true));
    assertThat(write(cells(1, "other", 7, 1))).containsOnly(DURABLE);
    List<Outcome> rows = write(cells(2, "x", 7, 1), cells(3, "x", 7, 2), cells(4, "y", 8, 1));
    assertThat(rows.get(0)).isInstanceOf(Outcome.Refused.class);
    assertThat(rows.get(1)).isInstanceOf(Outcome.Refused.class);
    assertThat(rows.get(2)).isEqualTo(DURABLE);
  }

  @Test
  void aLaterChangeThatMetAnotherUpsertIsRepeatedAFewTimes() {
    server.backend().next("update", WELL);
    for (int i = 0; i < 3; i++) {
      server.backend().next("update", failing(0, DUPLICATE));
    }
    List<Outcome> rows = write(cells(1, "x", 1, 1), cells(2, "x", 2, null));
    assertThat(rows.get(0)).isEqualTo(DURABLE);
    assertThat(rows.get(1)).isInstanceOf(Outcome.Refused.class);
    assertThat(server.backend().commands("update")).isEqualTo(4);
  }

  @Test
  void anOrderedBulkEndsWithAPassingTrouble() {
    server.backend().next("update", WELL);
    server.backend().next("update", failing(0, CONFLICT));
    List<Outcome> rows =
        write(
            cells(1, "x", 1, 1),
            cells(2, "x", 2, null),
            cells(3, "x", null, 3),
            cells(4, "y", 4, 4),
            cells(5, "y", 5, null));
    assertThat(rows.get(0)).isEqualTo(DURABLE);
    assertThat(rows.get(3)).isEqualTo(DURABLE);
    for (int held : List.of(1, 2, 4)) {
      assertThat(rows.get(held)).isInstanceOf(Outcome.Unavailable.class);
    }
  }

  @Test
  void aServerThatGoesAwayBetweenTheBulksLeavesTheRestToBeWrittenAgain() {
    server.backend().next("update", WELL);
    server.backend().next("update", Fault.command(91, "RetryableWriteError"));
    List<Outcome> rows = write(cells(1, "x", 1, 1), cells(2, "x", 2, null));
    assertThat(rows.get(0)).isEqualTo(DURABLE);
    assertThat(rows.get(1)).isInstanceOf(Outcome.Unavailable.class);
    server.backend().next("update", WELL);
    server.backend().next("update", Fault.writeConcern(TOO_MANY_HOSTS_AWAY));
    rows = write(cells(3, "x", 3, 3), cells(4, "x", 4, null));
    assertThat(rows.get(0)).isEqualTo(DURABLE);
    assertThat(rows.get(1)).isInstanceOf(Outcome.Unavailable.class);
  }

  @Test
  void aDeletionThatFailsHoldsUpTheInsertAfterIt() {
    assertThat(write(cells(1, "x", 1, 1))).containsOnly(DURABLE);
    server.backend().next("delete", Fault.command(91, "RetryableWriteError"));
    assertThat(write(tombstone(2, "x", null, null), cells(3, "x", null, 3)))
        .hasOnlyElementsOfType(Outcome.Unavailable.class);
    assertThat(stored()).containsExactly(BsonDocument.parse("{id: 'x', a: 1, b: 1}"));
    assertThat(write(tombstone(2, "x", null, null), cells(3, "x", null, 3))).containsOnly(DURABLE);
    assertThat(stored()).containsExactly(BsonDocument.parse("{id: 'x', b: 3}"));
  }

  private static Fault failing(int index, int code) {
    return Fault.operations(
        Map.of(index, new Document("code", code).append("errmsg", "a secret value was not liked")));
  }

  /** What became of each row of one batch. */
  private List<Outcome> write(MappedRecord... cells) {
    Outcome outcome = TestStores.writeBatch(store, cells);
    return outcome instanceof Outcome.Mixed mixed
        ? new ArrayList<>(mixed.rows())
        : new ArrayList<>(List.of(outcome));
  }

  private List<BsonDocument> stored() {
    List<BsonDocument> stored =
        client
            .getDatabase("shop")
            .getCollection("orders", BsonDocument.class)
            .find()
            .into(new ArrayList<>());
    stored.forEach(document -> document.remove("_id"));
    return stored;
  }
}
