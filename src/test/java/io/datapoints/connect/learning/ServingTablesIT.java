package io.datapoints.connect.learning;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.ResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.data.UdtValue;
import com.datastax.oss.driver.api.core.metadata.schema.KeyspaceMetadata;
import com.datastax.oss.driver.api.core.type.UserDefinedType;
import com.fasterxml.jackson.databind.JsonNode;
import io.datapoints.connect.kit.Cassandra;
import io.datapoints.connect.kit.Servers;
import io.datapoints.connect.kit.ServersExtension;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** The shipped tables without the connector: what the platform says is written row by row. */
@Tag("learning")
@ExtendWith(ServersExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ServingTablesIT {

  private static final long END = 1_767_225_600_000L;
  private static final int INSERTS_AT_A_TIME = 64;

  @AutoClose private final CqlSession session;
  private final Cassandra cassandra;
  private final LearningSchema schema = new LearningSchema(ShippedCaseTest.DIRECTORY);

  ServingTablesIT(Servers servers) {
    this.cassandra = servers.cassandra();
    this.session = cassandra.session();
  }

  @BeforeEach
  @AfterEach
  void dropKeyspace() {
    session.execute("DROP KEYSPACE IF EXISTS " + LearningSchema.KEYSPACE);
  }

  @Test
  void theQueriesAnswerFromOnePartitionEach() throws Exception {
    schema.load(session, "schema.cql");
    Campus campus = new Campus(1, END, 4_000);
    campus.history(event -> {});
    Semaphore room = new Semaphore(INSERTS_AT_A_TIME);
    List<CompletableFuture<?>> inserts = new ArrayList<>();
    for (String table : campus.serving().tables()) {
      for (Map<String, Object> row : campus.serving().all(table)) {
        room.acquire();
        inserts.add(
            insert(table, row)
                .whenComplete((done, failed) -> room.release())
                .toCompletableFuture());
      }
    }
    CompletableFuture.allOf(inserts.toArray(CompletableFuture[]::new)).get();
    Judgement judgement = new Judgement(session, campus.serving());
    Instant from = Instant.ofEpochMilli(END).minus(Duration.ofHours(12));

    judgement.tablesHaveTheirRows();
    judgement.queriesAreAnswered(from);
    judgement.queriesReadOnePartition(from);
    assertThat(judgement.contents().keySet()).isEqualTo(campus.serving().tables());
  }

  /** Only the keyspace is another one; this node is the data centre that the file names. */
  @Test
  void theFileForProductionMakesTheSameTables() throws IOException {
    schema.load(session, "schema-production.cql");

    KeyspaceMetadata keyspace =
        session.getMetadata().getKeyspace(LearningSchema.KEYSPACE).orElseThrow();
    assertThat(keyspace.getReplication())
        .containsEntry(cassandra.localDatacenter(), "3")
        .hasEntrySatisfying("class", name -> assertThat(name).endsWith("NetworkTopologyStrategy"));
    assertThat(keyspace.getTables().keySet())
        .extracting(CqlIdentifier::asInternal)
        .containsExactlyInAnyOrderElementsOf(new Serving().tables());
  }

  /** Why the mistakes of a session are frozen. */
  @Test
  void aListThatIsNotFrozenGrowsWhenARecordIsDeliveredAgain() throws IOException {
    schema.load(session, "schema.cql");
    session.execute(
        LearningSchema.within(
            "CREATE TABLE lists (id int PRIMARY KEY, loose list<text>, one frozen<list<text>>)"));
    for (int i = 0; i < 2; i++) {
      session.execute(
          LearningSchema.within(
              "INSERT INTO lists (id, loose, one) VALUES (1, ['a'], ['a']) USING TIMESTAMP 1000"));
    }
    ResultSet answer = session.execute(LearningSchema.within("SELECT loose, one FROM lists"));
    Row row = Objects.requireNonNull(answer.one());
    assertThat(row.getList("one", String.class)).containsExactly("a");
    assertThat(row.getList("loose", String.class)).containsExactly("a", "a");
  }

  private CompletionStage<AsyncResultSet> insert(String table, Map<String, Object> row) {
    String columns = String.join(", ", row.keySet());
    String marks = row.keySet().stream().map(column -> "?").collect(Collectors.joining(", "));
    return session.executeAsync(
        session
            .prepare(
                LearningSchema.within(
                    "INSERT INTO %s (%s) VALUES (%s)".formatted(table, columns, marks)))
            .bind(
                row.entrySet().stream()
                    .map(each -> encoded(each.getKey(), each.getValue()))
                    .toArray()));
  }

  private Object encoded(String column, Object value) {
    if (column.equals("device")) {
      return device((Map<?, ?>) value);
    }
    return value instanceof JsonNode json ? json.toString() : value;
  }

  private UdtValue device(Map<?, ?> fields) {
    UserDefinedType type =
        session
            .getMetadata()
            .getKeyspace(LearningSchema.KEYSPACE)
            .flatMap(keyspace -> keyspace.getUserDefinedType("device"))
            .orElseThrow();
    UdtValue device = type.newValue();
    for (Map.Entry<?, ?> each : fields.entrySet()) {
      device = device.setString(String.valueOf(each.getKey()), String.valueOf(each.getValue()));
    }
    return device;
  }
}
