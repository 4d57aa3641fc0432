package io.datapoints.connect.store.mongodb;

import static io.datapoints.connect.store.mongodb.Target.cells;
import static io.datapoints.connect.store.mongodb.Target.tombstone;
import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.IndexOptions;
import de.bwaldvogel.mongo.bson.Document;
import io.datapoints.connect.model.MappedRecord;
import io.datapoints.connect.store.Outcome;
import io.datapoints.connect.store.mongodb.ScriptedBackend.Fault;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonDocument;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/**
 * What a server makes of writes that it executes long after they were sent: those whose client has
 * given up on them, and those of a worker that was frozen meanwhile.
 */
class LateWritesIT {

  private static final Outcome DURABLE = Outcome.Durable.DURABLE;
  private static final String FIELD = "_kafka";

  @AutoClose private final InMemoryMongo server = new InMemoryMongo();
  @AutoClose private final MongoClient client = MongoClients.create(server.uri());
  @AutoClose private final Stores stores = new Stores();

  private final List<Runnable> late = new ArrayList<>();

  @Test
  void aWriteThatTheClientGaveUpOnDoesNotUndoANewerOne() {
    MongoStore store = stores.open(target());
    executeLate("update");
    assertThat(write(store, cells(1, "x", "old", "old"))).isInstanceOf(Outcome.Unavailable.class);
    assertThat(write(store, cells(1, "x", "old", "old"))).isEqualTo(DURABLE);
    assertThat(write(store, cells(2, "x", "new", null))).isEqualTo(DURABLE);
    late.forEach(Runnable::run);
    assertThat(stored()).containsExactly(BsonDocument.parse("{id: 'x', a: 'new', b: 'old'}"));
  }

  @Test
  void aLateWriteOfSomeFieldsDoesNotUndoANewerOneEither() {
    MongoStore store = stores.open(target());
    assertThat(write(store, cells(1, "x", "first", "first"))).isEqualTo(DURABLE);
    executeLate("update");
    assertThat(write(store, cells(2, "x", "old", null))).isInstanceOf(Outcome.Unavailable.class);
    assertThat(write(store, cells(2, "x", "old", null))).isEqualTo(DURABLE);
    assertThat(write(store, cells(3, "x", null, "new"))).isEqualTo(DURABLE);
    assertThat(write(store, cells(4, "x", "newest", null))).isEqualTo(DURABLE);
    late.forEach(Runnable::run);
    assertThat(stored()).containsExactly(BsonDocument.parse("{id: 'x', a: 'newest', b: 'new'}"));
  }

  @Test
  void aLateDeletionDoesNotTakeADocumentThatIsThereAgain() {
    MongoStore store = stores.open(target());
    assertThat(write(store, cells(1, "x", "old", "old"))).isEqualTo(DURABLE);
    executeLate("delete");
    assertThat(write(store, tombstone(2, "x", null, null))).isInstanceOf(Outcome.Unavailable.class);
    assertThat(write(store, tombstone(2, "x", null, null))).isEqualTo(DURABLE);
    assertThat(write(store, cells(3, "x", "new", null))).isEqualTo(DURABLE);
    late.forEach(Runnable::run);
    assertThat(stored()).containsExactly(BsonDocument.parse("{id: 'x', a: 'new'}"));
  }

  /** Its mapping has some of the fields, so that a deletion ends those and no document. */
  @Test
  void aLateEndOfFieldsDoesNotTakeNewerOnes() {
    Target part = Target.of("shop", "orders", "id", "a").versioned(FIELD);
    MongoStore store = stores.open(part, target());
    assertThat(write(store, cells(1, "x", "old"))).isEqualTo(DURABLE);
    executeLate("update");
    assertThat(write(store, tombstone(2, "x", (Object) null)))
        .isInstanceOf(Outcome.Unavailable.class);
    assertThat(write(store, tombstone(2, "x", (Object) null))).isEqualTo(DURABLE);
    assertThat(write(store, cells(3, "x", "new"))).isEqualTo(DURABLE);
    late.forEach(Runnable::run);
    assertThat(stored()).containsExactly(BsonDocument.parse("{id: 'x', a: 'new'}"));
  }

  @Test
  void aWorkerThatThawsUndoesNothingThatItsSuccessorWrote() {
    MongoStore frozen = stores.open(target());
    assertThat(write(frozen, cells(1, "x", 1, null))).isEqualTo(DURABLE);
    MongoStore successor = stores.open(later(Duration.ofMinutes(5)), target());
    for (int offset = 1; offset <= 4; offset++) {
      assertThat(write(successor, cells(offset, "x", offset, null))).isEqualTo(DURABLE);
    }
    assertThat(write(frozen, cells(2, "x", 2, null), cells(2, "y", 2, null))).isEqualTo(DURABLE);
    assertThat(write(frozen, cells(3, "x", 3, null))).isEqualTo(DURABLE);
    assertThat(stored())
        .containsExactly(
            BsonDocument.parse("{id: 'x', a: 4}"), BsonDocument.parse("{id: 'y', a: 2}"));
  }

  @Test
  void aServerThatGoesAwayWhileItIsAskedForTheVersionIsWaitedFor() {
    MongoStore frozen = stores.open(target());
    assertThat(write(frozen, cells(1, "x", 1, null))).isEqualTo(DURABLE);
    MongoStore successor = stores.open(later(Duration.ofMinutes(5)), target());
    assertThat(write(successor, cells(3, "x", 3, null))).isEqualTo(DURABLE);
    for (int attempt = 0; attempt < 3; attempt++) {
      server.backend().next("update", (command, carriedOut) -> carriedOut.run(command));
    }
    server.backend().next("update", Fault.command(91));
    assertThat(write(frozen, cells(2, "x", 2, null))).isInstanceOf(Outcome.Unavailable.class);
    assertThat(write(frozen, cells(2, "x", 2, null))).isEqualTo(DURABLE);
    assertThat(stored()).containsExactly(BsonDocument.parse("{id: 'x', a: 3}"));
  }

  @Test
  void aKeyThatAnotherDocumentHasIsStillNoLaterChange() {
    MongoStore store = stores.open(target());
    orders().createIndex(new org.bson.Document("a", 1), new IndexOptions().unique(true));
    assertThat(write(store, cells(1, "x", 7, null))).isEqualTo(DURABLE);
    assertThat(write(store, cells(2, "y", 7, null)))
        .isInstanceOfSatisfying(
            Outcome.Mixed.class,
            mixed -> assertThat(mixed.rows()).hasOnlyElementsOfType(Outcome.Refused.class));
  }

  @Test
  void whatIsReadAgainWithMoreFieldsIsWrittenAgain() {
    MongoStore first = stores.open(Target.of("shop", "orders", "id", "a").versioned(FIELD));
    assertThat(write(first, cells(1, "x", 1))).isEqualTo(DURABLE);
    assertThat(write(first, cells(2, "x", 2))).isEqualTo(DURABLE);
    MongoStore again = stores.open(later(Duration.ofMinutes(5)), target());
    assertThat(write(again, cells(1, "x", 1, "added"))).isEqualTo(DURABLE);
    assertThat(write(again, cells(2, "x", 2, null))).isEqualTo(DURABLE);
    assertThat(stored()).containsExactly(BsonDocument.parse("{id: 'x', a: 2, b: 'added'}"));
  }

  /** A topic that was deleted and made anew begins with the offset 0. */
  @Test
  void offsetsThatBeginAnewAreNoLateWrites() {
    MongoStore store = stores.open(target());
    assertThat(write(store, cells(1_000, "x", "old", null))).isEqualTo(DURABLE);
    assertThat(write(store, cells(0, "x", "new", null))).isEqualTo(DURABLE);
    assertThat(write(store, cells(1, "x", "newest", null))).isEqualTo(DURABLE);
    assertThat(stored()).containsExactly(BsonDocument.parse("{id: 'x', a: 'newest'}"));
  }

  @Test
  void aLaterRecordIsWrittenByAWorkerWhoseClockIsBehind() {
    MongoStore ahead = stores.open(later(Duration.ofHours(1)), target());
    assertThat(write(ahead, cells(1, "x", 1, null))).isEqualTo(DURABLE);
    MongoStore behind = stores.open(target());
    assertThat(write(behind, cells(2, "x", 2, null))).isEqualTo(DURABLE);
    assertThat(stored()).containsExactly(BsonDocument.parse("{id: 'x', a: 2}"));
  }

  @Test
  void aDocumentSaysWhichRecordChangedItLast() {
    MongoStore store = stores.open(target());
    assertThat(write(store, cells(7, "x", 1, null))).isEqualTo(DURABLE);
    BsonDocument version = orders().find().first().getDocument(FIELD).getDocument("orders-0");
    assertThat(version.getInt64("offset").getValue()).isEqualTo(7);
    assertThat(version.getDateTime("since").getValue()).isEqualTo(TestStores.CLOCK.millis());
  }

  /** The next command of this name is executed when the test says so, and fails at the client. */
  private void executeLate(String name) {
    server
        .backend()
        .next(
            name,
            (command, carriedOut) -> {
              Document sent = command.clone();
              late.add(() -> carriedOut.run(sent));
              return Fault.command(91, "RetryableWriteError").answer(command, carriedOut);
            });
  }

  private static Target target() {
    return Target.of("shop", "orders", "id", "a", "b").versioned(FIELD);
  }

  private static Clock later(Duration by) {
    return Clock.offset(TestStores.CLOCK, by);
  }

  private static Outcome write(MongoStore store, MappedRecord... cells) {
    return TestStores.writeBatch(store, cells);
  }

  private MongoCollection<BsonDocument> orders() {
    return client.getDatabase("shop").getCollection("orders", BsonDocument.class);
  }

  /** Without what the server and the connector add. */
  private List<BsonDocument> stored() {
    List<BsonDocument> stored =
        orders().find().sort(new org.bson.Document("id", 1)).into(new ArrayList<>());
    for (BsonDocument document : stored) {
      document.remove("_id");
      assertThat(document.remove(FIELD)).isNotNull();
    }
    return stored;
  }

  /** One bulk each, so that every row of a test is of one batch. */
  private final class Stores implements AutoCloseable {

    private final List<MongoStore> open = new ArrayList<>();

    MongoStore open(Target... targets) {
      return open(TestStores.CLOCK, targets);
    }

    MongoStore open(Clock clock, Target... targets) {
      MongoStore store =
          MappedDocuments.store(
              server.uri(), List.of(targets), clock, "max.in.flight.batches", "1");
      open.add(store);
      assertThat(store.covers("orders")).isFalse();
      assertThat(TestStores.open(store)).isEqualTo(DURABLE);
      return store;
    }

    @Override
    public void close() {
      open.forEach(MongoStore::close);
    }
  }
}
