package io.datapoints.connect.mapping;

/** A value that cannot be taken. The message names the rule, never the value. */
public final class UnfitException extends Exception {

  private static final long serialVersionUID = 1;

  /** Without a trace of the stack: it says nothing, and a bad record may be one of millions. */
  public UnfitException(String rule) {
    super(rule, null, false, false);
  }
}
