package io.datapoints.connect.kairosdb.format;

/**
 * How a keyspace cuts time into rows and columns. Every method keeps KairosDB's arithmetic to the
 * bit, its odd cases included, since KairosDB has to find what is written here.
 *
 * @param unit what a column counts
 * @param width the width of a row as the keyspace's {@code spec} row {@code row_width} stores it:
 *     in seconds for {@link ColumnUnit#SECONDS}, in milliseconds otherwise
 */
public record RowLayout(ColumnUnit unit, long width) {

  private static final long DEFAULT_WIDTH_SECONDS = 1_814_400;
  private static final long COLUMNS = 1L << 31;

  /**
   * @throws IllegalArgumentException for a width that is not positive, or one whose offsets do not
   *     fit the 32 bits of a column: KairosDB could not read such a row back either
   */
  public RowLayout {
    long widest = unit == ColumnUnit.SECONDS ? Integer.MAX_VALUE : COLUMNS;
    if (width <= 0 || width > widest) {
      throw new IllegalArgumentException(
          "row width " + width + " in " + unit + " is outside 1 to " + widest);
    }
  }

  /** The layout of a keyspace with KairosDB's default width of three weeks. */
  public static RowLayout of(ColumnUnit unit) {
    return new RowLayout(
        unit, unit == ColumnUnit.SECONDS ? DEFAULT_WIDTH_SECONDS : DEFAULT_WIDTH_SECONDS * 1000);
  }

  /**
   * The time of the row that a point belongs to, in milliseconds.
   *
   * <p>A negative timestamp is moved away from zero by its distance from the row's edge and so has
   * a row time hardly any other point shares. {@link Long#MIN_VALUE}, whose absolute value is
   * negative, ends up below its row time; KairosDB stores it and does not find it again.
   *
   * @param timestamp milliseconds since the epoch
   */
  public long rowTime(long timestamp) {
    return timestamp - (Math.abs(timestamp) % width);
  }

  /**
   * The column of a point within its row; stored as four bytes, big endian, which the database
   * compares as unsigned bytes.
   *
   * @param timestamp milliseconds since the epoch
   */
  public int column(long timestamp) {
    long offset = timestamp - rowTime(timestamp);
    return switch (unit) {
      case MILLISECONDS -> (int) offset;
      case SECONDS -> (int) (offset / 1000);
      case LEGACY -> (int) offset << 1;
    };
  }

  /** The width in seconds, which KairosDB adds to the time to live of an index entry. */
  public int widthSeconds() {
    return (int) (unit == ColumnUnit.SECONDS ? width : width / 1000);
  }
}
