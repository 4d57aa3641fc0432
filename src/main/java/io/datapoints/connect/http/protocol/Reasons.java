package io.datapoints.connect.http.protocol;

import java.util.List;

/** Reasons in an answer that has room for a sentence or two. */
final class Reasons {

  private static final int SHOWN = 10;

  private Reasons() {}

  /** The first of them. */
  static String first(List<String> reasons) {
    String some = String.join(" ", reasons.subList(0, Math.min(SHOWN, reasons.size())));
    return reasons.size() > SHOWN ? some + " There are more." : some;
  }
}
