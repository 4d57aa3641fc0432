package io.datapoints.connect.benchmark;

/**
 * Rows as a plain loop binds them, texts and keys at hand.
 *
 * @param insert the statement for one row
 * @param source its values
 */
record RawRows(String insert, Source source) {

  /** The values of the row that one record of a key becomes. */
  interface Source {
    Object[] values(int key, int number);
  }
}
