package io.datapoints.connect.store.cassandra;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.servererrors.UnauthorizedException;
import io.datapoints.connect.config.CassandraSinkConfig;
import io.datapoints.connect.config.cassandra.CassandraConfig;
import io.datapoints.connect.store.Outcome;
import io.datapoints.connect.store.StoreException;
import io.datapoints.connect.store.StoreValidator;
import io.datapoints.connect.store.ValidationResult;
import io.datapoints.connect.store.ValidationResult.SettingError;
import io.datapoints.connect.store.cassandra.failure.Failures;
import io.datapoints.connect.store.cassandra.request.CassandraLayout;
import io.datapoints.connect.store.cassandra.schema.Grants;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Compares settings with a Cassandra cluster by the rules of the tasks, on a session of its own.
 * Topics that match a pattern are not compared before they exist.
 */
public final class CassandraValidator implements StoreValidator {

  /** The driver need not read the schema of any other keyspace: it would take its time. */
  private static final List<String> KEYSPACES = List.of("system");

  private final CassandraSinkConfig config;
  private final CassandraConfig connection;
  private final String sessionName;

  private volatile @Nullable CompletionStage<CqlSession> connecting;

  /**
   * Compares sound settings.
   *
   * @param sessionName in the driver's log lines and threads, and in Cassandra's list of clients
   */
  public CassandraValidator(CassandraSinkConfig config, String sessionName) {
    this(config, sessionName, BOUND);
  }

  /**
   * @param bound the longest that the driver waits for one answer
   */
  CassandraValidator(CassandraSinkConfig config, String sessionName, Duration bound) {
    this.config = config;
    this.connection = config.cassandra().within(bound);
    this.sessionName = sessionName;
  }

  @Override
  public CompletionStage<List<ValidationResult>> validate() {
    try {
      CompletionStage<CqlSession> session =
          new SessionFactory(connection, sessionName, KEYSPACES).connect();
      connecting = session;
      return session
          .thenCompose(this::look)
          .handle((found, error) -> error == null ? List.copyOf(found) : ofFailure(error));
    } catch (RuntimeException e) {
      return CompletableFuture.completedFuture(ofFailure(e));
    }
  }

  private CompletionStage<List<SettingError>> look(CqlSession session) {
    CompletionStage<Grants> grants =
        config.preflight().dryRun()
            ? CompletableFuture.completedFuture(Grants.unknown())
            : Grants.of(session, connection.username());
    CassandraLayout.Factory factory = CassandraStore.factory(config, false, Clock.systemUTC());
    return grants.thenCompose(known -> factory.look(session, known));
  }

  private List<ValidationResult> ofFailure(Throwable wrapped) {
    Throwable error = Failures.unwrap(wrapped);
    Outcome outcome = Failures.ofOpening(error);
    if (outcome instanceof Outcome.Fatal fatal) {
      return List.of(settingError(error, fatal.reason()));
    }
    return List.of(
        new ValidationResult.Unknown(
            outcome instanceof Outcome.Unavailable away ? away.reason() : "no reason given"));
  }

  private SettingError settingError(Throwable error, String reason) {
    if (refuses(error)) {
      return SettingError.of(
          CassandraConfig.USERNAME,
          "the cluster does not let the user in here: see which data centres and tables are open to"
              + " the user's role");
    }
    String setting =
        error instanceof StoreException known
            ? known.setting().orElse(CassandraConfig.CONTACT_POINTS)
            : CassandraConfig.CONTACT_POINTS;
    return SettingError.of(setting, reason);
  }

  private static boolean refuses(Throwable error) {
    return error instanceof UnauthorizedException
        || (error instanceof AllNodesFailedException failed
            && failed.getAllErrors().values().stream()
                .flatMap(List::stream)
                .anyMatch(UnauthorizedException.class::isInstance));
  }

  @Override
  public void close() {
    CompletionStage<CqlSession> session = connecting;
    if (session != null) {
      session.thenAccept(CqlSession::forceCloseAsync);
    }
  }
}
