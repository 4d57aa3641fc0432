package io.datapoints.connect.format.graphite;

import io.datapoints.connect.format.NumberText;
import io.datapoints.connect.format.PartFault;
import io.datapoints.connect.format.Scalar;
import io.datapoints.connect.model.Rule;
import java.util.StringTokenizer;
import org.jspecify.annotations.Nullable;

/**
 * A line: {@code path value [time]}.
 *
 * @param path with its tags
 * @param time in milliseconds, null for that of the record
 */
record GraphiteLine(String path, double value, @Nullable Long time) {

  private static final String BLANKS = " \t\r";
  private static final long MILLIS = 1_000;
  private static final int MILLI_DIGITS = 3;

  /** Graphite's files hold times of 32 bits; above them are times in milliseconds. */
  private static final long MAX_SECONDS = 0xFFFF_FFFFL;

  private static final int MAX_DIGITS = 10;

  /**
   * Parses a line that is not blank.
   *
   * @throws PartFault the rest of a sentence that begins with the line
   */
  static GraphiteLine parse(String line) throws PartFault {
    StringTokenizer words = new StringTokenizer(line, BLANKS);
    String path = words.nextToken();
    if (!words.hasMoreTokens()) {
      throw new PartFault(Rule.SHAPE, " has no value.");
    }
    double value = value(words.nextToken());
    Long time = words.hasMoreTokens() ? time(words.nextToken()) : null;
    if (words.hasMoreTokens()) {
      throw new PartFault(Rule.SHAPE, " has more than a path, a value and a time.");
    }
    return new GraphiteLine(path, value, time);
  }

  private static double value(String word) throws PartFault {
    Scalar number = NumberText.parse(word);
    double value =
        number instanceof Scalar.Whole whole
            ? whole.value()
            : number instanceof Scalar.Decimal decimal ? decimal.value() : Double.NaN;
    if (!Double.isFinite(value)) {
      throw new PartFault(Rule.VALUE, " has a value that is not a finite number.");
    }
    return value;
  }

  /** Milliseconds; what is finer is cut off. */
  private static @Nullable Long time(String word) throws PartFault {
    if (word.equals("-1") || word.equals("N")) {
      return null;
    }
    int point = word.indexOf('.');
    String whole = point < 0 ? word : word.substring(0, point);
    String fraction = point < 0 ? "" : word.substring(point + 1);
    if (whole.isEmpty() || !isDigits(whole) || !isDigits(fraction)) {
      throw new PartFault(Rule.TIMESTAMP, " has a time that is not a number of seconds.");
    }
    long seconds = whole.length() > MAX_DIGITS ? Long.MAX_VALUE : Long.parseLong(whole);
    if (seconds > MAX_SECONDS) {
      throw new PartFault(Rule.TIMESTAMP, " has a time that is out of range; it is in seconds.");
    }
    return seconds * MILLIS + Long.parseLong((fraction + "000").substring(0, MILLI_DIGITS));
  }

  private static boolean isDigits(String text) {
    return text.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
