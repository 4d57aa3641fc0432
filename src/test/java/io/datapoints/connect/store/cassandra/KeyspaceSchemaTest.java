package io.datapoints.connect.store.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.servererrors.InvalidQueryException;
import com.datastax.oss.driver.api.core.servererrors.ServerError;
import io.datapoints.connect.config.CassandraSinkConfig;
import io.datapoints.connect.config.FlowsTableConfig;
import io.datapoints.connect.config.FlowsTableConfig.Bucket;
import io.datapoints.connect.store.Outcome;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** A refusal of a statement on tables that were found. */
class KeyspaceSchemaTest {

  private final InvalidQueryException refusal =
      new InvalidQueryException(null, "table metrics does not exist");

  @Test
  void passesForWhoeverWaitsForTheTables() {
    assertThat(outcome(true, false, refusal)).isInstanceOf(Outcome.Unavailable.class);
    assertThat(outcome(true, false, new CompletionException(refusal)))
        .isInstanceOf(Outcome.Unavailable.class);
  }

  @Test
  void staysForWhoeverCreatedThem() {
    assertThat(outcome(true, true, refusal)).isInstanceOf(Outcome.Fatal.class);
  }

  @Test
  void staysWhereNobodyCreatesThem() {
    assertThat(outcome(false, false, refusal)).isInstanceOf(Outcome.Fatal.class);
  }

  @Test
  void staysWhatItIsWhenItIsAboutSomethingElse() {
    ServerError broken = new ServerError(null, "broken");
    assertThat(outcome(true, false, broken)).isEqualTo(FailureClassifier.ofOpening(broken));
  }

  private static Outcome outcome(boolean creatable, boolean creates, Throwable error) {
    TableDefinition table = FlowsTable.of(new FlowsTableConfig(Bucket.NONE, ""), 0);
    KeyspaceSchema schema =
        new KeyspaceSchema(
            new ScriptedSession().session(),
            CassandraSinkConfig.from(Map.of("cassandra.schema.create", Boolean.toString(creatable)))
                .cassandra(),
            new KeyspaceSchema.Tables(List.of(table), List.of(table), List.of(table), table));
    CompletionStage<Outcome> answer =
        schema
            .prepared(creates, CompletableFuture.<Outcome>failedFuture(error))
            .exceptionally(FailureClassifier::ofOpening);
    return answer.toCompletableFuture().join();
  }
}
