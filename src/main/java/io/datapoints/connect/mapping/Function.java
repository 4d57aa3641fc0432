package io.datapoints.connect.mapping;

import io.datapoints.connect.model.Rule;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The functions of the language. */
public enum Function {
  /** {@code now()}: the time of the evaluation, which differs in a replay. */
  NOW(0, 0),
  /**
   * {@code uuid()}: a random UUID, which differs in a replay; {@code uuid(x)}: the UUID of a text
   * or of 16 bytes.
   */
  UUID(0, 1),
  /**
   * {@code bucket(time, 'day')}: the start of the minute, hour, day, week, month or year, UTC;
   * {@code bucket(time, 'day', 'us')}: of a number in this unit.
   */
  BUCKET(2, 3),
  /** {@code hash(x, n)}: a number from 0 to n-1 that depends on x alone. */
  HASH(2, 2),
  /** {@code coalesce(a, b, ...)}: the first argument that is present and not null. */
  COALESCE(1, Integer.MAX_VALUE),
  /** {@code nonzero(x)}: the value unless it is 0, which stands for none. */
  NONZERO(1, 1),
  /** {@code lower(x)}: a text in lower case. */
  LOWER(1, 1),
  /** {@code text(x)}: UTF-8 bytes or a single value as a text. */
  TEXT(1, 1),
  /** {@code json(x)}: a value or a whole subtree as JSON text. */
  JSON(1, 1),
  /**
   * {@code date(x)}: a number of the unit for times, or an ISO text, as a point in time; {@code
   * date(x, 'us')}: a number in this unit.
   */
  DATE(1, 2),
  /** {@code time(x)}: a number of the unit for times, or an ISO text if that is the unit. */
  TIME(1, 2, Rule.TIMESTAMP),
  /** {@code number(x)}: a finite number, also one written as a text, as a double. */
  NUMBER(1, 1, Rule.VALUE),
  /**
   * {@code ip(x)}: an IP address, as a text or as 4 or 16 bytes, as a text in its canonical form;
   * {@code ip(a, b, ...)}: the first that is not 0.0.0.0 or ::, where there is one.
   */
  IP(1, Integer.MAX_VALUE, Rule.ADDRESS),
  /** {@code port(x)}: a whole number from 0 to 65535, as an integer of 32 bits. */
  PORT(1, 1, Rule.PORT),
  /**
   * {@code protocol(x)}: the number or the name of a protocol as a text; {@code protocol(x,
   * 'name')}: its IANA keyword where it has one.
   */
  PROTOCOL(1, 2, Rule.PROTOCOL),
  /** {@code decimal(x)}: a finite number, also one written as a text, as a decimal. */
  DECIMAL(1, 1, Rule.VALUE),
  /** {@code objectid(x)}: 24 hexadecimal digits or 12 bytes as an ObjectId of MongoDB. */
  OBJECTID(1, 1),
  /** {@code ejson(x)}: MongoDB Extended JSON within a value as the values that it stands for. */
  EJSON(1, 1),
  /** {@code required(x)}: the value; a record that has a value but not this one is rejected. */
  REQUIRED(1, 1);

  private final int least;
  private final int most;
  private final Rule rule;

  Function(int least, int most) {
    this(least, most, Rule.MAPPING);
  }

  Function(int least, int most, Rule rule) {
    this.least = least;
    this.most = most;
    this.rule = rule;
  }

  /** The rule that metrics count a missing required value under; null if it is not required. */
  static @Nullable Rule ruleOfAbsence(Expression source) {
    if (!(source instanceof Expression.Call call) || call.function() != REQUIRED) {
      return null;
    }
    return call.arguments().get(0) instanceof Expression.Call inner
        ? inner.function().rule
        : Rule.MAPPING;
  }

  /** Whether an expression yields one type of number, however the record writes it. */
  public static boolean fixesType(Expression source) {
    return source instanceof Expression.Call call
        && (call.function() == PORT
            || call.function() == DECIMAL
            || (call.function() == REQUIRED && fixesType(call.arguments().get(0))));
  }

  /** The name of this function in a mapping. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether the function takes this number of arguments. */
  public boolean takes(int arguments) {
    return arguments >= least && arguments <= most;
  }

  /** Whether a whole key or value as the argument is the JSON in it, and not its text. */
  boolean readsJson() {
    return this == JSON || this == EJSON;
  }

  /** The position of the argument for the unit of numbers that are times. */
  public int timeUnit() {
    return switch (this) {
      case DATE, TIME -> 1;
      case BUCKET -> 2;
      default -> Integer.MAX_VALUE;
    };
  }

  /** Whether the same record always gives the same value, given this number of arguments. */
  public boolean deterministic(int arguments) {
    return this != NOW && (this != UUID || arguments > 0);
  }
}
