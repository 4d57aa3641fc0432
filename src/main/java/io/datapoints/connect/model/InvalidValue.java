package io.datapoints.connect.model;

import org.jspecify.annotations.Nullable;

/**
 * A value that its target cannot take. The message names the broken rule, never the value. There is
 * no stack trace, because bad records are expected and may be many.
 */
public final class InvalidValue extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final Rule rule;
  private final String path;
  private final String problem;

  private InvalidValue(Rule rule, String path, String problem) {
    super(null, null, false, false);
    this.rule = rule;
    this.path = path;
    this.problem = problem;
  }

  /**
   * @param problem the broken rule, as in "must be a number"
   */
  public InvalidValue(String problem) {
    this(Rule.MAPPING, problem);
  }

  /**
   * @param rule the rule that metrics count
   * @param problem the broken rule, as in "must be a number"
   */
  public InvalidValue(Rule rule, String problem) {
    this(rule, "", problem);
  }

  /** Builds the message on demand: a record may have a million problems that are never reported. */
  @Override
  public String getMessage() {
    return path.isEmpty() ? problem : path + " " + problem;
  }

  /** Whether both have the same message. */
  public boolean repeats(InvalidValue earlier) {
    return path.equals(earlier.path) && problem.equals(earlier.problem);
  }

  /** The rule that metrics count. */
  public Rule rule() {
    return rule;
  }

  /**
   * The same problem in an enclosing value, where the step to this one is {@code [3]} or {@code
   * .field}.
   */
  public InvalidValue within(String step) {
    return new InvalidValue(rule, step + path, problem);
  }

  /** This problem after an earlier one. */
  public InvalidValue after(@Nullable InvalidValue earlier) {
    return earlier == null ? this : new InvalidValue(earlier.getMessage() + "; " + getMessage());
  }

  /** The problem as a reason for a rejection. */
  public String reason(String column, String type) {
    return column + path + " (" + type + "): " + problem;
  }
}
