package io.datapoints.connect.store.cassandra.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.servererrors.InvalidQueryException;
import com.datastax.oss.driver.api.core.servererrors.ServerError;
import io.datapoints.connect.config.CassandraSinkConfig;
import io.datapoints.connect.config.FlowsKey;
import io.datapoints.connect.config.FlowsTableConfig.Bucket;
import io.datapoints.connect.store.Outcome;
import io.datapoints.connect.store.cassandra.ScriptedSession;
import io.datapoints.connect.store.cassandra.ScriptedSession.Sent;
import io.datapoints.connect.store.cassandra.failure.Failures;
import io.datapoints.connect.store.cassandra.flows.FlowsTable;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** What a node lacks that may be behind the others. */
class KeyspaceSchemaTest {

  private final ScriptedSession session = new ScriptedSession();
  private final KeyspaceSchema schema = schema();

  @Test
  void aNodeThatDoesNotKnowTheTablesYetIsWaitedFor() {
    InvalidQueryException refusal = new InvalidQueryException(null, "table metrics does not exist");
    assertThat(prepared(refusal)).isInstanceOf(Outcome.Unavailable.class);
    assertThat(prepared(new CompletionException(refusal))).isInstanceOf(Outcome.Unavailable.class);
  }

  @Test
  void aRefusalOfSomethingElseStaysWhatItIs() {
    for (Throwable error :
        List.of(
            new ServerError(null, "broken"),
            new InvalidQueryException(null, "Undefined column name value in table k.metrics"))) {
      assertThat(prepared(error)).isEqualTo(Failures.ofOpening(error));
    }
  }

  @Test
  void nothingIsCreatedWhileTheNodesDoNotAgree() {
    session.agree(false);
    CompletableFuture<KeyspaceState> ensured = schema.ensure(true).toCompletableFuture();
    answerEmpty();
    assertThat(session.take()).isEmpty();
    assertThat(ensured.handle((state, error) -> Failures.ofOpening(error)).join())
        .isInstanceOfSatisfying(
            Outcome.Unavailable.class,
            waiting -> assertThat(waiting.reason()).contains("agree on the schema"));
  }

  @Test
  void whatTheNodesAgreeOnIsReadAgainBeforeAnythingIsCreated() {
    var unused = schema.ensure(true);
    answerEmpty();
    answerEmpty();
    assertThat(session.take())
        .singleElement()
        .satisfies(
            sent ->
                assertThat(((SimpleStatement) sent.statement()).getQuery())
                    .startsWith("CREATE KEYSPACE"));
  }

  @Test
  void theDriverNeverAsksASecondNodeToCreate() {
    var unused = schema.ensure(true);
    answerEmpty();
    answerEmpty();
    assertThat(session.take())
        .singleElement()
        .satisfies(sent -> assertThat(sent.statement().isIdempotent()).isFalse());
  }

  @Test
  void nothingIsTakenForMissingWhileTheNodesDoNotAgree() {
    session.agree(false);
    CompletionStage<Optional<String>> problem = schema.problem();
    answerEmpty();
    assertThat(problem).isCompletedExceptionally();
  }

  /** Answers both questions about the schema with no rows. */
  private void answerEmpty() {
    List<Sent> questions = session.take();
    assertThat(questions).hasSize(2);
    questions.forEach(question -> question.answer().complete(empty()));
  }

  private static AsyncResultSet empty() {
    return (AsyncResultSet)
        Proxy.newProxyInstance(
            KeyspaceSchemaTest.class.getClassLoader(),
            new Class<?>[] {AsyncResultSet.class},
            (proxy, method, arguments) ->
                method.getName().equals("currentPage") ? List.of() : null);
  }

  private Outcome prepared(Throwable error) {
    CompletionStage<Outcome> answer =
        schema
            .prepared(CompletableFuture.<Outcome>failedFuture(error))
            .exceptionally(Failures::ofOpening);
    return answer.toCompletableFuture().join();
  }

  private KeyspaceSchema schema() {
    TableDefinition table = FlowsTable.of(Bucket.NONE, FlowsKey.FLOW, 0);
    return new KeyspaceSchema(
        session.session(),
        RequiredTables.only(CassandraSinkConfig.from(Map.of()).cassandra(), table, Map.of()));
  }
}
