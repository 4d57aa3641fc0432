package io.datapoints.connect.benchmark;

/**
 * What was sent to a store.
 *
 * @param rows rows acknowledged, without index rows
 * @param partitions partitions of each request, summed
 * @param requests batches, or statements of their own, that carried the rows; 0 where nobody counts
 *     them
 * @param indexRows rows of KairosDB's index tables
 */
record Counts(double rows, double partitions, double requests, double indexRows) {

  static final Counts NONE = new Counts(0, 0, 0, 0);

  Counts plus(Counts other) {
    return new Counts(
        rows + other.rows,
        partitions + other.partitions,
        requests + other.requests,
        indexRows + other.indexRows);
  }

  Counts minus(Counts other) {
    return new Counts(
        rows - other.rows,
        partitions - other.partitions,
        requests - other.requests,
        indexRows - other.indexRows);
  }

  /** NaN where nobody counts requests, as are the others. */
  double rowsPerRequest() {
    return requests == 0 ? Double.NaN : rows / requests;
  }

  double partitionsPerRequest() {
    return requests == 0 ? Double.NaN : partitions / requests;
  }

  double indexRowsPerRow() {
    return requests == 0 ? Double.NaN : indexRows / rows;
  }
}
