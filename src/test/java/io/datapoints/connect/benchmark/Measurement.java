package io.datapoints.connect.benchmark;

import java.time.Duration;

/**
 * What a window of time brought.
 *
 * @param label the case
 * @param rows rows written in the window
 * @param elapsed its length
 * @param clientCpu processor time of the writing process in the window, all threads
 * @param storeCpu the same of the store
 * @param counts what was sent, in the window or in the whole run
 */
record Measurement(
    String label,
    double rows,
    Duration elapsed,
    Duration clientCpu,
    Duration storeCpu,
    Counts counts) {

  double rowsPerSecond() {
    return rows * 1e9 / elapsed.toNanos();
  }

  double clientMicrosPerRow() {
    return clientCpu.toNanos() / 1e3 / rows;
  }

  double storeMicrosPerRow() {
    return storeCpu.toNanos() / 1e3 / rows;
  }
}
