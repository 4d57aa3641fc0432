package io.datapoints.connect.store.cassandra.request;

import io.datapoints.connect.store.Outcome;
import io.datapoints.connect.store.cassandra.failure.FailureClassifier;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Makes one attempt to write, whose end is always an outcome and never an exception. */
public final class WriteAttempt {

  private WriteAttempt() {}

  /**
   * Makes the attempt.
   *
   * @param attempt sends the rows; completes when they are durable
   * @param schemaProblem looks up what is wrong with the schema by now
   */
  public static CompletionStage<Outcome> outcome(
      Supplier<? extends CompletionStage<?>> attempt,
      Supplier<CompletionStage<Optional<String>>> schemaProblem) {
    try {
      return attempt
          .get()
          .handle(
              (done, error) ->
                  error == null
                      ? CompletableFuture.<Outcome>completedFuture(Outcome.Durable.DURABLE)
                      : FailureClassifier.ofWrite(error, schemaProblem))
          .thenCompose(outcome -> outcome);
    } catch (RuntimeException e) {
      // The driver refuses some requests on the spot: a closed session, say.
      return FailureClassifier.ofWrite(e, schemaProblem);
    }
  }
}
