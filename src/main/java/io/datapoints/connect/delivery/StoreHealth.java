package io.datapoints.connect.delivery;

import io.datapoints.connect.config.setting.RetryConfig;
import io.datapoints.connect.metrics.SinkMetrics;
import io.datapoints.connect.store.Outcome;
import org.apache.kafka.connect.errors.ConnectException;
import org.jspecify.annotations.Nullable;

/**
 * What follows from an outcome for the store as a whole: metrics, a line in the log now and then,
 * and the end of the task once retry.timeout.ms is over. Owned by the task thread.
 */
final class StoreHealth {

  private final RetryConfig retry;
  private final BufferUsage usage;
  private final SinkMetrics metrics;
  private final TaskFailure failure;
  private final OutageLog log;

  /**
   * @param now the engine's milliseconds, as every time here
   */
  StoreHealth(
      RetryConfig retry, BufferUsage usage, SinkMetrics metrics, TaskFailure failure, long now) {
    this.retry = retry;
    this.usage = usage;
    this.metrics = metrics;
    this.failure = failure;
    this.log = new OutageLog(now);
  }

  /** The store answered an attempt, whatever it said. */
  void answered(long now) {
    metrics.answered();
    log.answered(now);
  }

  /** The store did not answer an attempt. */
  void unanswered(Outcome.Unavailable unavailable, long now) {
    metrics.attemptFailed(unavailable.cause());
    log.failed(unavailable.reason(), usage.rows(), now);
  }

  /** The store has not answered any attempt for so long: the task ends if that is too long. */
  void unansweredFor(long millis, Outcome.Unavailable unavailable) {
    if (retry.isOver(millis)) {
      failure.halt(
          new ConnectException(
              "The store has not answered for longer than retry.timeout.ms: "
                  + unavailable.reason(),
              unavailable.error()));
    }
  }

  /** The store goes on declining a row, and takes no other of its table. */
  void declined(Outcome.Declined declined, long since, long now) {
    log.declined(declined.reason(), since, usage.rows(), now);
  }

  /**
   * The store has not taken a row since then: the task ends if that is too long. A row can wait
   * while others are written.
   */
  void notTaken(long since, long now, String reason, @Nullable Throwable error) {
    if (retry.isOver(now - since)) {
      failure.halt(
          new ConnectException(
              "The store has not taken a row for longer than retry.timeout.ms: " + reason, error));
    }
  }

  /** Only an operator can help: the task ends. */
  void fatal(Outcome.Fatal fatal) {
    failure.halt(new ConnectException(fatal.reason(), fatal.cause()));
  }
}
