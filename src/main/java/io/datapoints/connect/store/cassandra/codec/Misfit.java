package io.datapoints.connect.store.cassandra.codec;

import org.jspecify.annotations.Nullable;

/**
 * A value that does not fit where it is to go. Says the rule that it breaks, and never the value.
 * Has no stack trace: a bad record is nothing unexpected.
 */
public final class Misfit extends RuntimeException {

  private final String path;
  private final String rule;

  private Misfit(String path, String rule) {
    super(path.isEmpty() ? rule : path + " " + rule, null, false, false);
    this.path = path;
    this.rule = rule;
  }

  /** A broken rule, as in "must be a number". */
  public static Misfit rule(String rule) {
    return new Misfit("", rule);
  }

  /** The same, seen from the value around it: {@code [3]}, {@code .field}. */
  Misfit within(String step) {
    return new Misfit(step + path, rule);
  }

  /** This and what was wrong before it. */
  public Misfit after(@Nullable Misfit earlier) {
    return earlier == null ? this : rule(earlier.getMessage() + "; " + getMessage());
  }

  /** The same as the reason of a rejection. */
  public String reason(String column, String type) {
    return column + path + " (" + type + "): " + rule;
  }
}
