package io.datapoints.connect.store.cassandra;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.DriverTimeoutException;
import com.datastax.oss.driver.api.core.NoNodeAvailableException;
import com.datastax.oss.driver.api.core.NodeUnavailableException;
import com.datastax.oss.driver.api.core.RequestThrottlingException;
import com.datastax.oss.driver.api.core.auth.AuthenticationException;
import com.datastax.oss.driver.api.core.connection.BusyConnectionException;
import com.datastax.oss.driver.api.core.connection.ClosedConnectionException;
import com.datastax.oss.driver.api.core.connection.HeartbeatException;
import com.datastax.oss.driver.api.core.servererrors.UnauthorizedException;
import com.datastax.oss.driver.api.core.servererrors.UnavailableException;
import com.datastax.oss.driver.api.core.servererrors.WriteFailureException;
import com.datastax.oss.driver.api.core.servererrors.WriteTimeoutException;
import io.datapoints.connect.store.Cause;
import io.datapoints.connect.store.Outcome;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Turns a failed attempt into an outcome. Stateless; called on the driver's threads. */
final class FailureClassifier {

  /** Classes whose messages speak of nodes, counts and permissions, and never of rows. */
  private static final Set<Class<? extends Throwable>> TELLABLE =
      Set.of(
          DriverTimeoutException.class,
          NodeUnavailableException.class,
          NoNodeAvailableException.class,
          RequestThrottlingException.class,
          BusyConnectionException.class,
          ClosedConnectionException.class,
          HeartbeatException.class,
          UnavailableException.class,
          WriteTimeoutException.class,
          WriteFailureException.class,
          UnauthorizedException.class,
          AuthenticationException.class);

  private FailureClassifier() {}

  /** The outcome of an attempt to open: what the server does not like, an operator has to cure. */
  static Outcome ofOpening(Throwable wrapped) {
    Throwable error = FailureTable.unwrap(wrapped);
    if (error instanceof OpenException known) {
      return known.outcome();
    }
    // Nothing of a payload has been sent yet, so the server's whole message may be told.
    String reason = error.getClass().getSimpleName() + ": " + error.getMessage();
    return FailureTable.verdict(error) == Verdict.UNAVAILABLE
        ? new Outcome.Unavailable(RetryCauses.of(error), reason, error)
        : new Outcome.Fatal(reason, error);
  }

  /**
   * The outcome of a write.
   *
   * @param schemaProblem looks up what is wrong with the schema, empty for nothing; asked only when
   *     the server found the statement invalid
   */
  static CompletionStage<Outcome> ofWrite(
      Throwable wrapped, Supplier<CompletionStage<Optional<String>>> schemaProblem) {
    Throwable error = FailureTable.unwrap(wrapped);
    return switch (FailureTable.verdict(error)) {
      case UNAVAILABLE ->
          done(new Outcome.Unavailable(RetryCauses.of(error), reason(error), error));
      case REFUSED -> done(new Outcome.Refused(ServerMessage.safe(error)));
      case FATAL -> done(new Outcome.Fatal(reason(error), error));
      case INVALID ->
          done(error)
              .thenCompose(asked -> schemaProblem.get())
              .handle(
                  (problem, failure) ->
                      failure == null ? ofInvalid(error, problem) : ofUnknown(failure));
    };
  }

  /** Nobody can say what is wrong with the schema. */
  private static Outcome ofUnknown(Throwable wrapped) {
    Throwable failure = FailureTable.unwrap(wrapped);
    return failure instanceof OpenException known
        ? known.outcome()
        : new Outcome.Unavailable(RetryCauses.of(failure), reason(failure), failure);
  }

  private static Outcome ofInvalid(Throwable error, Optional<String> problem) {
    if (problem.isPresent()) {
      String reason = "the schema has changed: " + problem.get();
      // The server's own exception stays out: its message may quote what was being written.
      return new Outcome.Fatal(reason, OpenException.fatal(reason));
    }
    if (ServerMessage.missesSchema(error) || ServerMessage.missesColumn(error)) {
      // The others do know it, and the next attempt may go to one of them.
      String reason = "a node does not know the schema yet";
      return new Outcome.Unavailable(Cause.SCHEMA, reason, OpenException.waiting(reason));
    }
    return new Outcome.Refused(ServerMessage.safe(error));
  }

  private static <T> CompletionStage<T> done(T value) {
    return CompletableFuture.completedFuture(value);
  }

  /** Says what happened without any text that may quote a payload. */
  private static String reason(Throwable error) {
    if (error instanceof AllNodesFailedException failed && !failed.getAllErrors().isEmpty()) {
      return failed.getAllErrors().entrySet().stream()
          .map(
              entry ->
                  entry.getKey().getEndPoint()
                      + ": "
                      + entry.getValue().stream()
                          .map(FailureClassifier::reason)
                          .collect(Collectors.joining(", ")))
          .limit(3)
          .collect(
              Collectors.joining("; ", failed.getAllErrors().size() + " node(s) failed: ", ""));
    }
    return TELLABLE.contains(error.getClass())
        ? error.getClass().getSimpleName() + ": " + error.getMessage()
        : ServerMessage.safe(error);
  }
}
