package io.datapoints.connect.intake;

import io.datapoints.connect.model.Rule;
import java.util.List;
import java.util.Set;

/** What became of a request. */
public sealed interface Outcome {

  /**
   * The log has every point of the request.
   *
   * @param points how many there were
   */
  record Stored(long points) implements Outcome {}

  /**
   * Parts of the request broke a rule. The log has every other point.
   *
   * @param reasons one for each part, as far as they are listed, and one that counts the others
   * @param parts how many there were
   * @param stored points that the log has
   * @param rules those that were broken
   * @param unconverted whether one of the parts is a time or a value of another type than it must
   *     have, which KairosDB answers differently
   */
  record Rejected(
      List<String> reasons, long parts, long stored, Set<Rule> rules, boolean unconverted)
      implements Outcome {

    /** Takes copies. */
    public Rejected {
      reasons = List.copyOf(reasons);
      rules = Set.copyOf(rules);
    }
  }

  /** The request has more than it may have. The log may have points of its beginning. */
  record TooLarge(String reason) implements Outcome {}

  /** Nobody knows whether the log has all points; to send the request again is right. */
  record Unavailable(Cause cause, String reason) implements Outcome {}

  /** The request met a fault of ours; the log may have some of its points. */
  record Failed() implements Outcome {}

  /** Why a request was turned away, or cannot be answered with certainty. */
  enum Cause {
    /** The memory for requests is used up. */
    BYTES,
    /** As many requests as may be are waiting for their answers. */
    REQUESTS,
    /** The log did not acknowledge all records in time. */
    DEADLINE,
    /** The log takes no records, or did not take one of them. */
    LOG,
    /** The intake is closing. */
    DRAINING
  }
}
