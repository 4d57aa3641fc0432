package io.datapoints.connect.format.prometheus;

import static io.datapoints.connect.format.protobuf.MessageReader.LENGTH;

import io.datapoints.connect.format.protobuf.MessageReader;
import java.io.IOException;

/** Which fields a series has, and where its labels are. Reused for one series after another. */
final class SeriesFields {

  /** The tag of a label. */
  static final int LABELS = 1 << 3 | LENGTH;

  /** A bit for the number of each field but labels. */
  private int others;

  private int labelsStart;
  private int labelsEnd;
  private boolean together;

  /** Passes over the fields of a series; false if they are damaged. */
  boolean read(MessageReader series) {
    others = 0;
    labelsStart = series.position();
    labelsEnd = labelsStart;
    together = true;
    try {
      pass(series);
      return true;
    } catch (IOException damaged) {
      return false;
    }
  }

  private void pass(MessageReader series) throws IOException {
    int start = labelsStart;
    for (int tag = series.next(); tag != 0; tag = series.next()) {
      series.skip(tag);
      if (tag == LABELS) {
        together &= start == labelsEnd;
        labelsEnd = series.position();
      } else {
        others |= bit(tag);
      }
      start = series.position();
    }
  }

  private static int bit(int tag) {
    return 1 << Math.min(tag >> 3, Integer.SIZE - 1);
  }

  /** Whether the series has the field of this tag. */
  boolean has(int tag) {
    return (others & bit(tag)) != 0;
  }

  /**
   * Whether it has labels and this field, in that order, so that its labels are one stretch of
   * bytes.
   */
  boolean areLabelsAnd(int tag) {
    return together && labelsEnd > labelsStart && others == bit(tag);
  }

  /** Where the tag of the first label is. */
  int labelsStart() {
    return labelsStart;
  }

  /** Where the byte behind the last label is. */
  int labelsEnd() {
    return labelsEnd;
  }
}
