package io.datapoints.connect.model;

import org.jspecify.annotations.Nullable;

/**
 * A value that cannot go where it is to go. The message names the rule that it breaks, never the
 * value. It has no stack trace: a bad record is expected, and may be one of millions.
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
   * @param rule what metrics count it as
   * @param problem the broken rule, as in "must be a number"
   */
  public InvalidValue(Rule rule, String problem) {
    this(rule, "", problem);
  }

  /** Made when it is asked for: a record may have a million that are not. */
  @Override
  public String getMessage() {
    return path.isEmpty() ? problem : path + " " + problem;
  }

  /** Whether both have the same message. */
  public boolean repeats(InvalidValue earlier) {
    return path.equals(earlier.path) && problem.equals(earlier.problem);
  }

  /** What metrics count it as. */
  public Rule rule() {
    return rule;
  }

  /** The same, seen from the value around it: {@code [3]}, {@code .field}. */
  public InvalidValue within(String step) {
    return new InvalidValue(rule, step + path, problem);
  }

  /** This and what was wrong before it. */
  public InvalidValue after(@Nullable InvalidValue earlier) {
    return earlier == null ? this : new InvalidValue(earlier.getMessage() + "; " + getMessage());
  }

  /** The same as the reason of a rejection. */
  public String reason(String column, String type) {
    return column + path + " (" + type + "): " + problem;
  }
}
