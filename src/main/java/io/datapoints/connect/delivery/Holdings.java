package io.datapoints.connect.delivery;

import io.datapoints.connect.config.BatchingConfig;

/**
 * What is held in memory: rows that wait or are under way, and the records they came from. Above
 * the upper mark no more records should be fetched, until half of it is gone: pausing and resuming
 * cost the consumer something.
 */
final class Holdings {

  private final BatchingConfig batching;
  private long rows;
  private long bytes;
  private boolean full;

  Holdings(BatchingConfig batching) {
    this.batching = batching;
  }

  void hold(Receipt receipt) {
    bytes += receipt.bytes();
  }

  void hold(Entry entry) {
    rows++;
    bytes += entry.row.bytes();
  }

  void release(Receipt receipt) {
    bytes -= receipt.bytes();
  }

  void release(Entry entry) {
    rows--;
    bytes -= entry.row.bytes();
  }

  /** Half full: better to send small batches now than to stand still later. */
  boolean pressing() {
    return exceeds(2);
  }

  /** Whether fetching should stop; asked once a tick. */
  boolean full() {
    full = exceeds(full ? 2 : 1);
    return full;
  }

  private boolean exceeds(int parts) {
    return rows * parts >= batching.bufferMaxRows() || bytes * parts >= batching.bufferMaxBytes();
  }

  long rows() {
    return rows;
  }

  long bytes() {
    return bytes;
  }
}
