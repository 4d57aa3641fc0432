package io.datapoints.connect.format.influx;

/**
 * Why a line cannot be read: the rest of a sentence that begins with the line. There is no stack
 * trace, because bad lines are expected and may be many.
 */
final class LineFault extends Exception {

  private static final long serialVersionUID = 1;

  LineFault(String problem) {
    super(problem, null, false, false);
  }
}
