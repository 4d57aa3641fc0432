package io.datapoints.connect.store;

import java.util.List;

/** How an attempt ended, named by what would cure it. */
public sealed interface Outcome {

  /** Everything is durable at the consistency asked for. */
  enum Durable implements Outcome {
    DURABLE
  }

  /**
   * Time cures it: an outage, an overload, a timeout. The same attempt is made again later.
   *
   * @param cause for metrics
   * @param reason for the log
   */
  record Unavailable(Cause cause, String reason, Throwable error) implements Outcome {}

  /** The content is at fault: the batch is split until the culprit stands alone. */
  record Refused(String reason) implements Outcome {}

  /** Only an operator cures it: credentials, permissions, a missing table. The task fails. */
  record Fatal(String reason, Throwable cause) implements Outcome {}

  /**
   * The rows fared differently: at least one is durable or refused.
   *
   * @param rows what became of each row, in the order of the batch; each {@link Durable}, {@link
   *     Unavailable} or {@link Refused}
   */
  record Mixed(List<Outcome> rows) implements Outcome {}
}
