package io.datapoints.connect.format.protobuf;

import io.datapoints.connect.model.Rule;

/**
 * Why a sound message cannot become points: the rest of a sentence that begins with its place.
 * There is no stack trace, because bad messages are expected and may be many.
 */
public final class MessageFault extends Exception {

  private static final long serialVersionUID = 1;

  private final Rule rule;

  public MessageFault(Rule rule, String problem) {
    super(problem, null, false, false);
    this.rule = rule;
  }

  /** The rule that is broken. */
  public Rule rule() {
    return rule;
  }

  /** The rest of the sentence. */
  public String problem() {
    return String.valueOf(getMessage());
  }
}
