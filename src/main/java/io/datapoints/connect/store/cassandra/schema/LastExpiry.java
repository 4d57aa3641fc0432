package io.datapoints.connect.store.cassandra.schema;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.loadbalancing.NodeDistance;
import com.datastax.oss.driver.api.core.metadata.Node;
import com.datastax.oss.driver.api.core.metadata.NodeState;
import com.datastax.oss.driver.api.core.servererrors.QueryValidationException;
import io.datapoints.connect.model.TtlLimits;
import io.datapoints.connect.store.cassandra.failure.Failures;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The last date on which a cluster lets rows expire. Cassandra refuses a row that would expire
 * later, and by default that is in 2038; Cassandra 5.0 goes on to 2106 where its {@code
 * storage_compatibility_mode} is NONE.
 *
 * <p>Each node has a mode of its own and refuses what it coordinates, so all are asked that the
 * session writes to and that are up; the earliest date counts. A node that does not answer counts
 * for nothing. One that has no such mode, or does not let the user read it, counts as one of 2038.
 */
public final class LastExpiry {

  private static final SimpleStatement MODE =
      SimpleStatement.newInstance(
              "SELECT value FROM system_views.settings WHERE name = 'storage_compatibility_mode'")
          .setConsistencyLevel(DefaultConsistencyLevel.LOCAL_ONE)
          .setIdempotent(true);

  private LastExpiry() {}

  /** Seconds since the epoch; completes normally. */
  public static CompletionStage<Long> of(CqlSession session) {
    List<CompletableFuture<OptionalLong>> answers =
        session.getMetadata().getNodes().values().stream()
            .filter(node -> node.getState() == NodeState.UP)
            .filter(node -> node.getDistance() != NodeDistance.IGNORED)
            .map(node -> of(session, node))
            .toList();
    return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
        .thenApply(
            all ->
                answers.stream()
                    .flatMapToLong(answer -> answer.join().stream())
                    .min()
                    .orElse(TtlLimits.LAST_EXPIRY_EPOCH_SECONDS));
  }

  private static CompletableFuture<OptionalLong> of(CqlSession session, Node node) {
    return session
        .executeAsync(MODE.setNode(node))
        .handle((rows, error) -> error == null ? ofMode(rows) : ofFailure(error))
        .toCompletableFuture();
  }

  private static OptionalLong ofMode(AsyncResultSet rows) {
    Row mode = rows.one();
    return OptionalLong.of(
        mode != null && "NONE".equalsIgnoreCase(mode.getString(0))
            ? TtlLimits.LAST_EXPIRY_OF_MODE_NONE
            : TtlLimits.LAST_EXPIRY_EPOCH_SECONDS);
  }

  private static OptionalLong ofFailure(Throwable error) {
    return Failures.unwrap(error) instanceof QueryValidationException
        ? OptionalLong.of(TtlLimits.LAST_EXPIRY_EPOCH_SECONDS)
        : OptionalLong.empty();
  }

  /**
   * Whether the cluster stores what expires then. Asks no node before the date matters; completes
   * normally.
   *
   * @param epochSeconds seconds since the epoch
   */
  public static CompletionStage<Boolean> allows(CqlSession session, long epochSeconds) {
    return epochSeconds <= TtlLimits.LAST_EXPIRY_EPOCH_SECONDS
        ? CompletableFuture.completedFuture(true)
        : of(session).thenApply(last -> epochSeconds <= last);
  }

  /** Why a time to live is too long, as the rest of a sentence. */
  public static String fault() {
    return " ends after the last date on which the cluster lets rows expire: in 2038, unless every"
        + " node is Cassandra 5.0 or newer with storage_compatibility_mode NONE, and the user may"
        + " read system_views.settings";
  }
}
