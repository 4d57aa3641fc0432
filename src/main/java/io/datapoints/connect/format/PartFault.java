package io.datapoints.connect.format;

import io.datapoints.connect.model.Rule;

/**
 * Why a part of a record cannot be read: the rest of a sentence that begins with the part. There is
 * no stack trace, because bad parts are expected and may be many.
 */
public final class PartFault extends Exception {

  private static final long serialVersionUID = 1;

  private final Rule rule;

  /**
   * @param problem begins with a space or a point, and names no value
   */
  public PartFault(Rule rule, String problem) {
    super(problem, null, false, false);
    this.rule = rule;
  }

  /** The rule that the part breaks. */
  public Rule rule() {
    return rule;
  }

  /** The rest of the sentence. */
  public String problem() {
    return String.valueOf(getMessage());
  }
}
