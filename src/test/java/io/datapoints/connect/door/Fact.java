package io.datapoints.connect.door;

import java.math.BigDecimal;

/** What can be said of a metric, as a text, whoever stored it. */
final class Fact {

  private Fact() {}

  static String point(String metric, long timestamp, String value) {
    return metric + " at " + timestamp + " is " + value;
  }

  static String tag(String metric, String name, String value) {
    return metric + " has " + name + "=" + value;
  }

  /** However it is written: a KairosDB answers a double without a fraction like a long. */
  static String number(String number) {
    return new BigDecimal(number).stripTrailingZeros().toString();
  }

  static String text(String text) {
    return '"' + text + '"';
  }
}
