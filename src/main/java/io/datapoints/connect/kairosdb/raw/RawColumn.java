package io.datapoints.connect.kairosdb.raw;

import io.datapoints.connect.model.Value;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A growing column of scalars as they were written, before any rule: the rules need the literal
 * text of a value, whether it was quoted, and a type that may come after it. Primitive arrays hold
 * the scalars, so that none costs an object; the metric's {@link RawText} holds their texts. Reused
 * for one metric after another, by one thread.
 */
@SuppressWarnings("EnumOrdinal") // A byte a row; never leaves this object.
public final class RawColumn {

  /** What was written. */
  public enum Kind {
    /** Nothing at all. */
    ABSENT,
    /** A null. */
    NULL,
    /** A number without "." that fits a long. */
    LONG,
    /** A number with a "." in its text. */
    DOUBLE,
    /** A number without ".", with an exponent or beyond the range of a long. */
    NUMBER,
    /** A point in time from a converter, whatever the unit of numbers. */
    TIME,
    /** A quoted text. */
    TEXT,
    TRUE,
    FALSE,
    EMPTY_ARRAY,
    /** An object or an array that is not a scalar. */
    COMPOSITE,
    /** Bytes or a complex number, as a {@link Value}. */
    VALUE
  }

  private static final Kind[] KINDS = Kind.values();
  private static final int IN_ARRAY = 0x40;
  private static final int RETAINED_ROWS = 16_384;

  private final RawText text;
  private final int initialRows;
  private byte[] kinds;
  private long[] bits;
  private int[] starts;
  private int[] ends;
  private @Nullable Value[] values = new Value[0];

  /**
   * @param text takes the characters of this column
   * @param initialRows the initial capacity
   */
  RawColumn(RawText text, int initialRows) {
    this.text = text;
    this.initialRows = initialRows;
    this.kinds = new byte[initialRows];
    this.bits = new long[initialRows];
    this.starts = new int[initialRows];
    this.ends = new int[initialRows];
  }

  /** Makes room for this row and makes it absent. */
  public void open(int row) {
    if (row >= kinds.length) {
      int rows = Math.max(row + 1, 2 * kinds.length);
      kinds = Arrays.copyOf(kinds, rows);
      bits = Arrays.copyOf(bits, rows);
      starts = Arrays.copyOf(starts, rows);
      ends = Arrays.copyOf(ends, rows);
    }
    kinds[row] = 0;
  }

  /** Drops the objects, and the memory that many rows needed. */
  public void clear() {
    if (values.length > 0) {
      values = new Value[0];
    }
    if (kinds.length > RETAINED_ROWS) {
      kinds = new byte[initialRows];
      bits = new long[initialRows];
      starts = new int[initialRows];
      ends = new int[initialRows];
    }
  }

  /** Writes one of the kinds without content. */
  public void set(int row, Kind kind) {
    kinds[row] = (byte) kind.ordinal();
  }

  public void setLong(int row, long value) {
    set(row, Kind.LONG);
    bits[row] = value;
  }

  /**
   * Writes a point in time.
   *
   * @param millis milliseconds since the epoch
   */
  public void setTime(int row, long millis) {
    set(row, Kind.TIME);
    bits[row] = millis;
  }

  /** Writes a number without a literal text, as maps and structs have it. */
  public void setDouble(int row, double value) {
    set(row, Kind.DOUBLE);
    bits[row] = Double.doubleToRawLongBits(value);
    starts[row] = 0;
    ends[row] = 0;
  }

  /** Writes a number whose literal text has a ".". */
  public void setDouble(int row, double value, char[] source, int offset, int length) {
    setText(row, source, offset, length);
    set(row, Kind.DOUBLE);
    bits[row] = Double.doubleToRawLongBits(value);
  }

  /** Writes the text of a number that is not a long and has no ".". */
  public void setNumber(int row, char[] source, int offset, int length) {
    setText(row, source, offset, length);
    set(row, Kind.NUMBER);
  }

  public void setText(int row, char[] source, int offset, int length) {
    set(row, Kind.TEXT);
    starts[row] = text.append(source, offset, length);
    ends[row] = starts[row] + length;
  }

  public void setText(int row, String value) {
    set(row, Kind.TEXT);
    starts[row] = text.append(value);
    ends[row] = starts[row] + value.length();
  }

  public void setValue(int row, Value value) {
    set(row, Kind.VALUE);
    if (row >= values.length) {
      values = Arrays.copyOf(values, Math.max(row + 1, 2 * values.length));
    }
    values[row] = value;
  }

  /** Notes that this row's scalar is alone in an array. */
  public void enclose(int row) {
    kinds[row] |= IN_ARRAY;
  }

  public Kind kind(int row) {
    return KINDS[kinds[row] & ~IN_ARRAY];
  }

  /** Whether the scalar is alone in an array. */
  public boolean enclosed(int row) {
    return (kinds[row] & IN_ARRAY) != 0;
  }

  /** Whether nothing, or a null, was written. */
  public boolean missing(int row) {
    return kinds[row] <= Kind.NULL.ordinal();
  }

  /** The number of a {@link Kind#LONG}, or the milliseconds of a {@link Kind#TIME}. */
  public long longAt(int row) {
    return bits[row];
  }

  /** The number of a {@link Kind#DOUBLE}. */
  public double doubleAt(int row) {
    return Double.longBitsToDouble(bits[row]);
  }

  /** The object of a {@link Kind#VALUE}. */
  public Value valueAt(int row) {
    return Objects.requireNonNull(values[row]);
  }

  /**
   * The literal text of a scalar: a number as it was written, as far as that is known, or the
   * content of a quoted text, or a time in ISO 8601. Empty for other kinds.
   */
  public String text(int row) {
    return switch (kind(row)) {
      case LONG -> Long.toString(bits[row]);
      case TIME -> Instant.ofEpochMilli(bits[row]).toString();
      case DOUBLE -> hasLiteral(row) ? literal(row) : Double.toString(doubleAt(row));
      case NUMBER, TEXT -> literal(row);
      case TRUE -> "true";
      case FALSE -> "false";
      case ABSENT, NULL, EMPTY_ARRAY, COMPOSITE, VALUE -> "";
    };
  }

  /**
   * The text of a {@link Kind#TEXT}, cut after so many characters without a string of all of it.
   */
  public String abbreviated(int row, int maxChars) {
    return length(row) <= maxChars
        ? literal(row)
        : text.string(starts[row], starts[row] + maxChars) + "...";
  }

  /** Whether a {@link Kind#DOUBLE} came with its literal text. */
  public boolean hasLiteral(int row) {
    return ends[row] > starts[row];
  }

  /** The characters of a {@link Kind#TEXT}, {@link Kind#NUMBER} or {@link Kind#DOUBLE}. */
  public String literal(int row) {
    return text.string(starts[row], ends[row]);
  }

  /** How many characters {@link #literal} has. */
  public int length(int row) {
    return ends[row] - starts[row];
  }

  /** One of the characters of {@link #literal}. */
  public char charAt(int row, int position) {
    return text.at(starts[row] + position);
  }

  /** Whether this row is a quoted text equal to the given one. */
  public boolean isText(int row, String other) {
    return kind(row) == Kind.TEXT && text.equals(starts[row], ends[row], other);
  }

  /** Whether {@link #literal} is these characters. */
  public boolean literalEquals(int row, char[] other, int start, int end) {
    return text.equals(starts[row], ends[row], other, start, end);
  }

  /** Writes the characters of {@link #literal} from this position of an array on. */
  public void copyLiteral(int row, char[] target, int start) {
    text.copy(starts[row], ends[row], target, start);
  }

  /** Adds the characters of {@link #literal} to a hash. */
  public long hash(int row, long seed) {
    return text.hash(starts[row], ends[row], seed);
  }
}
