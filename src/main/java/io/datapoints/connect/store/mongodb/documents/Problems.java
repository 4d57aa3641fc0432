package io.datapoints.connect.store.mongodb.documents;

import io.datapoints.connect.model.InvalidValue;
import java.util.ArrayList;
import java.util.List;

/**
 * The problems of one document, up to the limit of a message: a record may have any number of
 * fields. Confined to the task thread.
 */
final class Problems {

  private static final int MOST = 20;

  private final List<String> known = new ArrayList<>();
  private boolean tooLarge;

  /** Clears the problems for the next document. */
  void clear() {
    known.clear();
    tooLarge = false;
  }

  /**
   * Adds a problem, unless the document is too large: every further field would report the same.
   */
  void add(String place, InvalidValue invalid) {
    if (!tooLarge && known.size() < MOST) {
      String problem = place + " " + invalid.getMessage();
      known.add(problem);
      tooLarge = problem.endsWith(ValueWriter.TOO_LARGE);
    }
  }

  boolean none() {
    return known.isEmpty();
  }

  @Override
  public String toString() {
    return String.join(" ", known);
  }
}
