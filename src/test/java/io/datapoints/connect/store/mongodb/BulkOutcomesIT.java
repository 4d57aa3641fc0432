package io.datapoints.connect.store.mongodb;

import static io.datapoints.connect.store.mongodb.TestStores.flow;
import static io.datapoints.connect.store.mongodb.TestStores.open;
import static io.datapoints.connect.store.mongodb.TestStores.point;
import static io.datapoints.connect.store.mongodb.TestStores.series;
import static io.datapoints.connect.store.mongodb.TestStores.writeBatch;
import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import de.bwaldvogel.mongo.bson.Document;
import io.datapoints.connect.model.DataPoint;
import io.datapoints.connect.model.MappedRecord;
import io.datapoints.connect.model.Series;
import io.datapoints.connect.store.Cause;
import io.datapoints.connect.store.Outcome;
import io.datapoints.connect.store.mongodb.ScriptedBackend.Fault;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.BsonDocument;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of each row of a bulk when the server does not like all of it. */
class BulkOutcomesIT {

  private static final Outcome DURABLE = Outcome.Durable.DURABLE;

  private static final MappedRecord[] FIVE = {
    flow("a", "b", 1, 1, 1),
    flow("a", "b", 1, 2, 2),
    flow("a", "b", 1, 3, 3),
    flow("a", "b", 1, 4, 4),
    flow("a", "b", 1, 5, 5)
  };

  @AutoClose private final InMemoryMongo server = new InMemoryMongo();
  @AutoClose private final MongoClient client = MongoClients.create(server.uri());

  @AutoClose
  private final MongoStore flows =
      TestStores.store(server.uri(), "layout", "flows", "max.in.flight.batches", "1");

  @BeforeEach
  void openTheStore() {
    assertThat(open(flows)).isEqualTo(DURABLE);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 9, 14, 52, 66, 121, 10_334, 17_419})
  void onlyTheCulpritIsRefused(int code) {
    server.backend().next("update", operations(2, code));

    List<Outcome> rows = rows(writeBatch(flows, FIVE));

    assertThat(rows.get(2)).isInstanceOf(Outcome.Refused.class);
    assertThat(((Outcome.Refused) rows.get(2)).reason())
        .contains("(" + code + ")")
        .doesNotContain("secret");
    rows.remove(2);
    assertThat(rows).hasSize(4).containsOnly(DURABLE);
    assertThat(timestamps()).containsExactly(1L, 2L, 4L, 5L);
    assertThat(server.backend().commands("update")).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {112, 50, 91, 189, 262, 11_600, 11_602, 10_107, 13_435})
  void aRowThatMetAPassingTroubleIsToBeWrittenAgain(int code) {
    server.backend().next("update", operations(0, code));

    List<Outcome> rows = rows(writeBatch(flows, FIVE));

    assertThat(rows.get(0)).isInstanceOf(Outcome.Unavailable.class);
    assertThat(rows.subList(1, 5)).containsOnly(DURABLE);
    assertThat(timestamps()).containsExactly(2L, 3L, 4L, 5L);
  }

  /** No code is in a table of ours: what becomes of the others tells what is at fault. */
  @ParameterizedTest
  @ValueSource(ints = {17_262, 17_261, 10_003, 13_027, 987_654})
  void aRowWithACodeThatNobodyKnowsIsDeclinedAlone(int code) {
    server.backend().next("update", operations(2, code));

    List<Outcome> rows = rows(writeBatch(flows, FIVE));

    assertThat(rows.get(2)).isEqualTo(new Outcome.Declined(Cause.OTHER, "error " + code));
    rows.remove(2);
    assertThat(rows).hasSize(4).containsOnly(DURABLE);
  }

  @Test
  void aBulkOfWhichEveryRowIsDeclinedWasAnsweredRowByRow() {
    server.backend().next("update", operations(Map.of(0, 17_262, 1, 17_262)));

    assertThat(rows(writeBatch(flows, FIVE[0], FIVE[1])))
        .hasOnlyElementsOfType(Outcome.Declined.class);
  }

  @Test
  void aCommandWithACodeThatNobodyKnowsIsDeclinedAsAWhole() {
    server.backend().next("update", Fault.command(17_262));

    assertThat(writeBatch(flows, FIVE))
        .isEqualTo(new Outcome.Declined(Cause.OTHER, "MongoCommandException: error 17262"));
  }

  @ParameterizedTest
  @ValueSource(ints = {13_297, 8_000, 301})
  void whatOnlyAnOperatorCuresFailsTheTask(int code) {
    server.backend().next("update", Fault.command(code));

    Outcome outcome = writeBatch(flows, FIVE);

    assertThat(outcome).isInstanceOf(Outcome.Fatal.class);
    assertThat(((Outcome.Fatal) outcome).reason()).contains("(" + code + ")");
  }

  @Test
  void aBatchOfWhichNothingIsWrittenIsAnOutage() {
    server.backend().next("update", operations(Map.of(0, 112, 1, 11_600)));

    assertThat(writeBatch(flows, FIVE[0], FIVE[1])).isInstanceOf(Outcome.Unavailable.class);
  }

  @Test
  void anUpsertThatLostARaceIsTriedAgainAtOnceAndAlone() {
    server.backend().next("update", operations(Map.of(1, 11_000, 3, 11_000)));
    server.backend().next("update", operations(1, 11_000));

    assertThat(writeBatch(flows, FIVE)).isEqualTo(DURABLE);

    assertThat(server.backend().commands("update")).isEqualTo(3);
    assertThat(timestamps()).containsExactly(1L, 2L, 3L, 4L, 5L);
  }

  @Test
  void whatCollidesEveryTimeIsRefused() {
    client
        .getDatabase("metrics")
        .getCollection("metrics")
        .createIndex(
            new org.bson.Document("source_ip", 1).append("value", 1),
            new com.mongodb.client.model.IndexOptions().unique(true));

    List<Outcome> rows = rows(writeBatch(flows, flow("a", "b", 1, 1, 7), flow("a", "b", 1, 2, 7)));

    assertThat(rows.get(0)).isEqualTo(DURABLE);
    assertThat(rows.get(1)).isInstanceOf(Outcome.Refused.class);
    assertThat(server.backend().commands("update")).isEqualTo(3);
  }

  @Test
  void culpritsAndPassingTroublesAndRacesAreToldApart() {
    server.backend().next("update", operations(Map.of(0, 121, 1, 112, 2, 11_000)));

    List<Outcome> rows = rows(writeBatch(flows, FIVE));

    assertThat(rows.get(0)).isInstanceOf(Outcome.Refused.class);
    assertThat(rows.get(1)).isInstanceOf(Outcome.Unavailable.class);
    assertThat(rows.subList(2, 5)).containsOnly(DURABLE);
    assertThat(timestamps()).containsExactly(3L, 4L, 5L);
  }

  @Test
  void anOutageBetweenTwoAttemptsConcernsOnlyWhatWasLeft() {
    server.backend().next("update", operations(4, 11_000));
    server.backend().next("update", Fault.command(10_107));

    List<Outcome> rows = rows(writeBatch(flows, FIVE));

    assertThat(rows.subList(0, 4)).containsOnly(DURABLE);
    assertThat(rows.get(4)).isInstanceOf(Outcome.Unavailable.class);
  }

  @Test
  void whatIsWrittenButNotSafeIsAllWrittenAgain() {
    server.backend().next("update", Fault.writeConcern(64));

    Outcome outcome = writeBatch(flows, FIVE);

    assertThat(outcome).isInstanceOf(Outcome.Unavailable.class);
    assertThat(((Outcome.Unavailable) outcome).reason())
        .isEqualTo("write concern: WriteConcernTimeout (64)");
    assertThat(writeBatch(flows, FIVE)).isEqualTo(DURABLE);
    assertThat(timestamps()).containsExactly(1L, 2L, 3L, 4L, 5L);
  }

  @ParameterizedTest
  @ValueSource(ints = {91, 189, 10_107, 11_600, 11_602, 13_435, 13_436, 50, 262})
  void aCommandThatAMemberCannotTakeIsAnOutage(int code) {
    server.backend().next("update", Fault.command(code));

    assertThat(writeBatch(flows, FIVE)).isInstanceOf(Outcome.Unavailable.class);
    assertThat(writeBatch(flows, FIVE)).isEqualTo(DURABLE);
  }

  @ParameterizedTest
  @ValueSource(ints = {13, 18, 61, 59, 2, 9})
  void aCommandThatNoRecordCanCureStopsTheTask(int code) {
    server.backend().next("update", Fault.command(code));

    assertThat(writeBatch(flows, FIVE)).isInstanceOf(Outcome.Fatal.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {13, 61, 85})
  void anOperationThatNoRecordCanCureStopsTheTaskToo(int code) {
    server.backend().next("update", operations(3, code));

    assertThat(writeBatch(flows, FIVE)).isInstanceOf(Outcome.Fatal.class);
  }

  /** No record can cure it, so that none becomes a bad one for it. */
  @Test
  void aShardKeyThatIsNotInTheFilterStopsTheTaskAndTellsTheCure() {
    server.backend().next("update", operations(Map.of(0, 61, 1, 61, 2, 61, 3, 61, 4, 61)));

    assertThat(writeBatch(flows, FIVE))
        .isInstanceOfSatisfying(
            Outcome.Fatal.class,
            fatal ->
                assertThat(fatal.reason())
                    .contains("ShardKeyNotFound (61)", "add its fields to the key")
                    .doesNotContain("secret"));
  }

  @Test
  void aCommandThatIsTooLargeIsRefusedWhole() {
    server.backend().next("update", Fault.command(10_334));

    assertThat(writeBatch(flows, FIVE)).isInstanceOf(Outcome.Refused.class);
  }

  @Test
  void anAnswerThatIsLostIsAnOutage() {
    server.backend().loseAnswer("update");

    assertThat(writeBatch(flows, FIVE)).isInstanceOf(Outcome.Unavailable.class);
    assertThat(timestamps()).hasSize(5);
    assertThat(writeBatch(flows, FIVE)).isEqualTo(DURABLE);
    assertThat(timestamps()).hasSize(5);
  }

  @Test
  void thePointsOfAFullBucketAreTriedOneByOne() {
    Series series = series("load", "host", "a");
    try (MongoStore buckets =
        TestStores.store(
            server.uri(), "mongodb.datapoints", "bucket", "max.in.flight.batches", "1")) {
      assertThat(open(buckets)).isEqualTo(DURABLE);
      List<DataPoint> points = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        points.add(point(series, i, i));
      }
      server.backend().next("update", operations(0, 17_419));
      server.backend().next("update", operations(Map.of(3, 17_419, 4, 112)));

      List<Outcome> rows = rows(writeBatch(buckets, points.toArray(DataPoint[]::new)));

      assertThat(rows.subList(0, 3)).containsOnly(DURABLE);
      assertThat(rows.get(3)).isInstanceOf(Outcome.Refused.class);
      assertThat(rows.get(4)).isInstanceOf(Outcome.Unavailable.class);
    }
    BsonDocument bucket = collection("data_points_hourly").find().first();
    assertThat(bucket).isNotNull();
    assertThat(bucket.getDocument("p").keySet()).containsExactly("0", "1", "2");
  }

  @Test
  void aClosedStoreTakesNothingAndSaysSo() {
    flows.close();

    assertThat(writeBatch(flows, FIVE)).isInstanceOf(Outcome.Unavailable.class);
  }

  private static List<Outcome> rows(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Mixed.class);
    return new ArrayList<>(((Outcome.Mixed) outcome).rows());
  }

  private static Fault operations(int index, int code) {
    return operations(Map.of(index, code));
  }

  private static Fault operations(Map<Integer, Integer> codes) {
    Map<Integer, Document> errors = new HashMap<>();
    codes.forEach(
        (index, code) ->
            errors.put(
                index, new Document("code", code).append("errmsg", "the secret was not liked")));
    return Fault.operations(errors);
  }

  private List<Long> timestamps() {
    List<Long> timestamps = new ArrayList<>();
    for (BsonDocument flow : collection("metrics").find()) {
      timestamps.add(flow.getDateTime("timestamp").getValue());
    }
    return timestamps.stream().sorted().toList();
  }

  private MongoCollection<BsonDocument> collection(String name) {
    return client.getDatabase("metrics").getCollection(name, BsonDocument.class);
  }
}
