package io.datapoints.connect.flows;

import io.datapoints.connect.payload.RawColumn;

/** The rule for ports: a whole number from 0 to 65535, written as a number or as a text of one. */
final class Ports {

  static final int NONE = -1;

  static final String RULE = " must be a whole number from 0 to 65535.";

  private static final int MAX = 65_535;

  private Ports() {}

  /** The port, or {@link #NONE}. */
  static int read(RawColumn column, int row) {
    long port = WrittenNumber.whole(column, row);
    return port >= 0 && port <= MAX ? (int) port : NONE;
  }
}
