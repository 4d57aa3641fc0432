package io.datapoints.connect.model;

import java.util.ArrayList;
import java.util.List;

/** An exception with what caused it. */
public final class CauseChain {

  /** A longer chain goes in circles. */
  private static final int LONGEST = 20;

  private CauseChain() {}

  /**
   * The exception, its causes, and what each of them suppressed: over a socket that closes, that
   * may be what happened.
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
