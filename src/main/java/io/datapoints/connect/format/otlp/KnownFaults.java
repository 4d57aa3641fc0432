package io.datapoints.connect.format.otlp;

import io.datapoints.connect.format.PartFault;
import io.datapoints.connect.format.protobuf.MessageReader;
import io.datapoints.connect.model.Rule;
import java.util.Arrays;

/**
 * Faults of parts that were found before the message was read. In the place of such a part stands
 * an empty message, by whose position its fault is found. Positions come in order.
 */
final class KnownFaults {

  /** Of a message as it came. */
  static final KnownFaults NONE = new KnownFaults();

  private static final int INITIAL = 16;

  private int[] positions = new int[0];
  private String[] problems = new String[0];
  private int size;

  void clear() {
    size = 0;
    if (positions.length > INITIAL) {
      positions = new int[0];
      problems = new String[0];
    }
  }

  /**
   * Adds the fault of a part, which forgets those of the parts in it.
   *
   * @param problem the rest of a sentence that begins with the part
   */
  void add(int position, String problem) {
    while (size > 0 && positions[size - 1] >= position) {
      size--;
    }
    if (size == positions.length) {
      int capacity = Math.max(INITIAL, 2 * size);
      positions = Arrays.copyOf(positions, capacity);
      problems = Arrays.copyOf(problems, capacity);
    }
    positions[size] = position;
    problems[size] = problem;
    size++;
  }

  /** Throws the fault of the message that the reader stands before, if it has one. */
  void check(MessageReader in) throws PartFault {
    if (size > 0) {
      int found = Arrays.binarySearch(positions, 0, size, in.position());
      if (found >= 0) {
        throw new PartFault(Rule.SHAPE, problems[found]);
      }
    }
  }
}
