package io.datapoints.connect.store.cassandra.failure;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.auth.AuthenticationException;
import io.datapoints.connect.config.cassandra.CassandraConfig;
import io.datapoints.connect.config.setting.TlsConfig;
import io.datapoints.connect.store.Cause;
import io.datapoints.connect.store.Outcome;
import io.datapoints.connect.store.StoreException;
import io.datapoints.connect.store.cassandra.failure.FailureTable.Verdict;
import io.datapoints.connect.tls.HandshakeFailure;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The outcomes of failed attempts. Stateless; called on the driver's threads. */
public final class Failures {

  private Failures() {}

  /** The exception within any wrappers. */
  public static Throwable unwrap(Throwable error) {
    return FailureTable.unwrap(error);
  }

  /** Whether a later attempt may succeed. */
  public static boolean isRetriable(Throwable error) {
    return FailureTable.verdict(error) == Verdict.UNAVAILABLE;
  }

  /** Whether a later attempt may succeed without those rows that are at fault. */
  public static boolean mayBlameRows(Throwable error) {
    Verdict verdict = FailureTable.verdict(error);
    return verdict != Verdict.UNAVAILABLE && verdict != Verdict.FATAL;
  }

  /** Whether the server found a batch too large; smaller ones of the same rows may do. */
  public static boolean saysTooLarge(Throwable error) {
    return ServerMessage.blamesSize(FailureTable.unwrap(error));
  }

  /** The outcome of an attempt to open: what the server rejects, an operator has to change. */
  public static Outcome ofOpening(Throwable wrapped) {
    Throwable error = FailureTable.unwrap(wrapped);
    if (error instanceof StoreException known) {
      return known.outcome();
    }
    // Nothing of a payload has been sent yet, so the server's whole message may be told.
    String reason = error.getClass().getSimpleName() + ": " + error.getMessage();
    return isRetriable(error)
        ? new Outcome.Unavailable(FailureTable.meaning(error).cause(), reason, error)
        : new Outcome.Fatal(reason, error);
  }

  /**
   * Names the setting at fault when no node could be connected to, where that is known. What only
   * one node rejects is retried: a certificate or a role may not have reached it yet. Only here
   * does a certificate count; for a session that was connected before it is an outage.
   *
   * @return a {@link StoreException}, or the driver's own
   */
  public static RuntimeException ofConnecting(Throwable wrapped, CassandraConfig config) {
    Throwable error = FailureTable.unwrap(wrapped);
    List<Throwable> errors = ofNodes(error);
    boolean fatal = !errors.isEmpty() && errors.stream().allMatch(Failures::isHopeless);
    if (fatal && errors.stream().anyMatch(AuthenticationException.class::isInstance)) {
      return refusal(config, error);
    }
    TlsConfig tls = config.tls();
    Optional<HandshakeFailure> handshake =
        errors.stream().flatMap(each -> HandshakeFailure.of(each).stream()).findFirst();
    if (handshake.isEmpty() || (tls == null && !fatal)) {
      return new CompletionException(error);
    }
    if (tls == null) {
      // Encrypted by options of the driver, which have no setting to name.
      return StoreException.fatal(
          error.getClass().getSimpleName() + ": " + error.getMessage(), error);
    }
    String message = handshake.get().message(tls);
    return fatal
        ? StoreException.misconfigured(handshake.get().setting(tls), message, error)
        : StoreException.retry(Cause.CONNECTION, message + ": " + error.getMessage(), error);
  }

  private static boolean isHopeless(Throwable error) {
    return FailureTable.verdict(error) == Verdict.FATAL
        || HandshakeFailure.of(error).filter(HandshakeFailure::forOperator).isPresent();
  }

  /** The server's own words would repeat the name of the user. */
  private static StoreException refusal(CassandraConfig config, Throwable error) {
    return config.username() == null
        ? StoreException.misconfigured(
            CassandraConfig.USERNAME, "the cluster asks for a user and a password", error)
        : StoreException.misconfigured(
            CassandraConfig.PASSWORD,
            "the cluster refuses the user of "
                + CassandraConfig.USERNAME
                + " with this password: correct either, and let the role LOGIN",
            error);
  }

  private static List<Throwable> ofNodes(Throwable error) {
    return error instanceof AllNodesFailedException failed
        ? failed.getAllErrors().values().stream().flatMap(List::stream).toList()
        : List.of(error);
  }

  /**
   * Makes an attempt to write, which ends with an outcome and never with an exception.
   *
   * @param attempt sends the rows; completes when they are durable
   * @param schemaProblem looks up what is wrong with the schema by now
   */
  public static CompletionStage<Outcome> attempt(
      Supplier<? extends CompletionStage<?>> attempt,
      Supplier<CompletionStage<Optional<String>>> schemaProblem) {
    try {
      return attempt
          .get()
          .handle(
              (written, error) ->
                  error == null
                      ? done((Outcome) Outcome.Durable.DURABLE)
                      : ofWrite(error, schemaProblem))
          .thenCompose(outcome -> outcome);
    } catch (RuntimeException e) {
      // The driver rejects some requests synchronously, such as those on a closed session.
      return ofWrite(e, schemaProblem);
    }
  }

  /**
   * The outcome of a write that failed.
   *
   * @param schemaProblem looks up what is wrong with the schema, empty for nothing; asked only when
   *     the server found the statement invalid
   */
  public static CompletionStage<Outcome> ofWrite(
      Throwable wrapped, Supplier<CompletionStage<Optional<String>>> schemaProblem) {
    Throwable error = FailureTable.unwrap(wrapped);
    return switch (FailureTable.verdict(error)) {
      case UNAVAILABLE -> done(unavailable(error));
      case REFUSED -> done(new Outcome.Refused(ServerMessage.safe(error)));
      case DECLINED -> done(declined(error));
      case FATAL -> done(new Outcome.Fatal(reason(error), error));
      case INVALID ->
          done(error)
              .thenCompose(asked -> schemaProblem.get())
              .handle(
                  (problem, failure) ->
                      failure == null ? ofInvalid(error, problem) : ofUnknown(failure));
    };
  }

  /** It could not be found out what is wrong with the schema. */
  private static Outcome ofUnknown(Throwable wrapped) {
    Throwable failure = FailureTable.unwrap(wrapped);
    return failure instanceof StoreException known ? known.outcome() : unavailable(failure);
  }

  private static Outcome ofInvalid(Throwable error, Optional<String> problem) {
    if (problem.isPresent()) {
      String reason = "the schema has changed: " + problem.get();
      // The server's own exception stays out: its message may quote what was being written.
      return StoreException.fatal(reason).outcome();
    }
    if (ServerMessage.missesSchema(error) || ServerMessage.missesColumn(error)) {
      // The others do know it, and the next attempt may go to one of them.
      String reason = "a node does not know the schema yet";
      return StoreException.retry(Cause.SCHEMA, reason).outcome();
    }
    return ServerMessage.blamesRow(error)
        ? new Outcome.Refused(ServerMessage.safe(error))
        : declined(error);
  }

  private static Outcome unavailable(Throwable error) {
    return new Outcome.Unavailable(FailureTable.meaning(error).cause(), reason(error), error);
  }

  private static Outcome declined(Throwable error) {
    return new Outcome.Declined(Cause.OTHER, ServerMessage.safe(error));
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
                          .map(Failures::reason)
                          .collect(Collectors.joining(", ")))
          .limit(3)
          .collect(
              Collectors.joining("; ", failed.getAllErrors().size() + " node(s) failed: ", ""));
    }
    return FailureTable.isTellable(error)
        ? error.getClass().getSimpleName() + ": " + error.getMessage()
        : ServerMessage.safe(error);
  }
}
