package io.datapoints.connect.store;

import java.util.List;

/** How an attempt ended, and so what is to be done. */
public sealed interface Outcome {

  /** Everything is durable at the consistency asked for. */
  enum Durable implements Outcome {
    DURABLE
  }

  /**
   * It may pass with time: an outage, an overload, a timeout. The same attempt is made again later.
   *
   * @param cause for metrics
   * @param reason for the log
   */
  record Unavailable(Cause cause, String reason, Throwable error) implements Outcome {}

  /** The content is at fault: the batch is split until the row at fault stands alone. */
  record Refused(String reason) implements Outcome {}

  /**
   * The store answered with an error that does not tell whether the content is at fault, or
   * something that holds for every row. What becomes of others tells: the batch is split, and a row
   * that is declined again and again while others of its table are taken is at fault; without such
   * others it waits.
   *
   * @param cause for metrics
   * @param reason the store's code and name; for the log and the dead letter
   */
  record Declined(Cause cause, String reason) implements Outcome {}

  /** Only an operator can help: credentials, permissions, a missing table. The task fails. */
  record Fatal(String reason, Throwable cause) implements Outcome {}

  /**
   * The rows fared differently: the store answered for at least one.
   *
   * @param rows what became of each row, in the order of the batch; each {@link Durable}, {@link
   *     Unavailable}, {@link Refused} or {@link Declined}
   */
  record Mixed(List<Outcome> rows) implements Outcome {}
}
