package io.datapoints.connect.store;

import java.util.List;

/** How an attempt ended, named by what has to happen next. */
public sealed interface Outcome {

  /** Everything is durable at the consistency asked for. */
  enum Durable implements Outcome {
    DURABLE
  }

  /**
   * A retry can succeed: after an outage, an overload or a timeout. The same attempt is made later.
   *
   * @param cause for metrics
   * @param reason for the log
   */
  record Unavailable(Cause cause, String reason, Throwable error) implements Outcome {}

  /** The content is at fault: the batch is split until the bad row is alone in one. */
  record Refused(String reason) implements Outcome {}

  /**
   * The store answered with an error that does not tell whether the content is at fault or
   * something that holds for every row. So the batch is split: a row that is declined again and
   * again while others of its table are stored is at fault; as long as none is stored, it waits.
   *
   * @param cause for metrics
   * @param reason the store's code and name; for the log and the dead letter
   */
  record Declined(Cause cause, String reason) implements Outcome {}

  /** Only an operator can fix it: credentials, permissions, a missing table. The task fails. */
  record Fatal(String reason, Throwable cause) implements Outcome {}

  /**
   * The rows fared differently: the store answered for at least one.
   *
   * @param rows what became of each row, in the order of the batch; each {@link Durable}, {@link
   *     Unavailable}, {@link Refused} or {@link Declined}
   */
  record Mixed(List<Outcome> rows) implements Outcome {}
}
