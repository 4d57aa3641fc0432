package io.datapoints.connect.kairosdb;

import io.datapoints.connect.kairosdb.raw.RawColumn;
import io.datapoints.connect.kairosdb.raw.RawColumn.Kind;
import org.jspecify.annotations.Nullable;

/**
 * The data types that a metric can name, as KairosDB's REST API spells them, and the type of a
 * value that has no named one.
 */
public enum ApiType {
  LONG("long"),
  DOUBLE("double"),
  STRING("string"),
  /** Known to KairosDB only with extensions. */
  COMPLEX("complex"),
  /** Known to KairosDB only with extensions. */
  BINARY("binary");

  /** Another name of {@link #STRING}, known only with extensions. */
  private static final String TEXT = "text";

  private final String apiName;

  ApiType(String apiName) {
    this.apiName = apiName;
  }

  /** The name in the API. */
  public String apiName() {
    return apiName;
  }

  /**
   * The type that this row names, or null if the name is not registered. Names are case-sensitive.
   *
   * @param extended whether text, complex and binary are registered
   */
  public static @Nullable ApiType named(RawColumn column, int row, boolean extended) {
    if (column.isText(row, LONG.apiName)) {
      return LONG;
    }
    if (column.isText(row, DOUBLE.apiName)) {
      return DOUBLE;
    }
    if (column.isText(row, STRING.apiName)) {
      return STRING;
    }
    return extended ? extension(column, row) : null;
  }

  private static @Nullable ApiType extension(RawColumn column, int row) {
    if (column.isText(row, TEXT)) {
      return STRING;
    }
    if (column.isText(row, COMPLEX.apiName)) {
      return COMPLEX;
    }
    return column.isText(row, BINARY.apiName) ? BINARY : null;
  }

  /**
   * The type of a value without a named one, or null for an object, an array or a null. A number,
   * or a text that looks like one, is a double if it has a "." and a long otherwise, as in
   * KairosDB. Unlike there, a number that a long does not hold exactly, such as 1e-05, is a double;
   * 1e3 is a long.
   */
  public static @Nullable ApiType inferred(RawColumn column, int row) {
    Kind kind = column.kind(row);
    if (column.enclosed(row)) {
      return null;
    }
    return switch (kind) {
      case LONG, TIME -> LONG;
      case NUMBER -> ElementConversion.exactLong(column, row) == null ? DOUBLE : LONG;
      case DOUBLE -> DOUBLE;
      case TRUE, FALSE -> STRING;
      case TEXT -> inferredFromText(column, row);
      case ABSENT, NULL, EMPTY_ARRAY, COMPOSITE, VALUE -> null;
    };
  }

  /**
   * A text looks like a number if, after at most one of "+", "-" and ".", it has only points and
   * digits of any script, does not end in a point, and has no character after the second counted
   * point. A leading "." is not counted, so that ".1.2" looks like a number (and cannot be
   * converted to one).
   */
  private static ApiType inferredFromText(RawColumn column, int row) {
    int length = column.length(row);
    if (length == 0 || column.charAt(row, length - 1) == '.') {
      return STRING;
    }
    char first = column.charAt(row, 0);
    boolean prefixed = first == '+' || first == '-' || first == '.';
    if (prefixed && length == 1) {
      return STRING;
    }
    int points = 0;
    for (int i = prefixed ? 1 : 0; i < length; i++) {
      char c = column.charAt(row, i);
      if (points > 1 || (c != '.' && !Character.isDigit(c))) {
        return STRING;
      }
      points += c == '.' ? 1 : 0;
    }
    return points > 0 || first == '.' ? DOUBLE : LONG;
  }
}
