package io.datapoints.connect.mapping;

import java.util.Locale;

/** The functions of the language. */
public enum Function {
  /** {@code now()}: the time of the evaluation. A replay gives another one. */
  NOW(0, 0),
  /** {@code uuid()}: a random UUID. A replay gives another one. */
  UUID(0, 0),
  /** {@code bucket(time, 'day')}: the start of the minute, hour, day, week, month or year, UTC. */
  BUCKET(2, 2),
  /** {@code hash(x, n)}: a number from 0 to n-1 that depends on x alone. */
  HASH(2, 2),
  /** {@code coalesce(a, b, ...)}: the first that is there and not null. */
  COALESCE(1, Integer.MAX_VALUE),
  /** {@code lower(x)}: a text in lower case. */
  LOWER(1, 1),
  /** {@code text(x)}: bytes that are UTF-8, or a single value, as a text. */
  TEXT(1, 1),
  /** {@code json(x)}: a value or a whole subtree as JSON text. */
  JSON(1, 1),
  /** {@code date(x)}: a number of the unit for times, or an ISO text, as a point in time. */
  DATE(1, 1);

  private final int least;
  private final int most;

  Function(int least, int most) {
    this.least = least;
    this.most = most;
  }

  /** How a mapping writes it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether it takes so many arguments. */
  public boolean takes(int arguments) {
    return arguments >= least && arguments <= most;
  }

  /** Whether the same record always gives the same value. */
  public boolean deterministic() {
    return this != NOW && this != UUID;
  }
}
