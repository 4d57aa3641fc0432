package io.datapoints.connect.format.opentsdb;

import io.datapoints.connect.format.JsonScalars;
import io.datapoints.connect.format.NumberText;
import io.datapoints.connect.format.PartFault;
import io.datapoints.connect.format.Scalar;
import io.datapoints.connect.model.Rule;
import org.jspecify.annotations.Nullable;

/**
 * The times of data points. OpenTSDB takes a number that has a bit above the lower 32 for
 * milliseconds, and any other for seconds; it takes none of more than 13 digits, and none below 1.
 */
final class DataPointTime {

  private static final long MAX_SECONDS = 0xFFFF_FFFFL;
  private static final long MAX_MILLIS = 9_999_999_999_999L;
  private static final long MILLIS = 1_000;

  private DataPointTime() {}

  /** Milliseconds since the epoch. */
  static long millis(Scalar timestamp) throws PartFault {
    long time = whole(timestamp);
    if (time <= 0 || time > MAX_MILLIS) {
      throw new PartFault(Rule.TIMESTAMP, ".timestamp is out of range.");
    }
    return time > MAX_SECONDS ? time : time * MILLIS;
  }

  private static long whole(Scalar timestamp) throws PartFault {
    if (timestamp == Scalar.Other.NULL) {
      throw new PartFault(Rule.TIMESTAMP, ".timestamp is missing.");
    }
    @Nullable Scalar number =
        timestamp instanceof Scalar.Text text ? NumberText.parse(text.value()) : timestamp;
    @Nullable Long whole = number == null ? null : JsonScalars.whole(number);
    if (whole == null) {
      // OpenTSDB would cut a fraction off, although its sender meant it.
      throw new PartFault(Rule.TIMESTAMP, ".timestamp is not a whole number.");
    }
    return whole;
  }
}
