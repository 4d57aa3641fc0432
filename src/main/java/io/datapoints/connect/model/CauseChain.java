package io.datapoints.connect.model;

import java.util.ArrayList;
import java.util.List;

/** An exception with its causes. */
public final class CauseChain {

  /** A longer chain is taken for a cycle. */
  private static final int LONGEST = 20;

  private CauseChain() {}

  /**
   * The exception, its causes, and what they suppressed: when a socket is closed, the original
   * error may be a suppressed one.
   */
  public static List<Throwable> of(Throwable error) {
    List<Throwable> chain = new ArrayList<>();
    Throwable next = error;
    for (int depth = 0; next != null && depth < LONGEST; depth++) {
      chain.add(next);
      chain.addAll(List.of(next.getSuppressed()));
      next = next.getCause();
    }
    return chain;
  }
}
