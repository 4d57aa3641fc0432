package io.datapoints.connect.delivery;

import io.datapoints.connect.config.setting.BatchingConfig;
import io.datapoints.connect.delivery.offsets.PendingRecord;

/**
 * What is held in memory: rows that wait or are under way, and the records they came from. Above
 * the upper mark no more records should be fetched, until a quarter of it is gone: pausing and
 * resuming cost the consumer something.
 */
final class BufferUsage {

  private static final double PRESSING = 0.75;

  private final BatchingConfig batching;
  private long rows;
  private long bytes;
  private long waiting;
  private boolean full;

  BufferUsage(BatchingConfig batching) {
    this.batching = batching;
  }

  void hold(PendingRecord pending) {
    bytes += pending.bytes();
  }

  void hold(BufferedRow entry) {
    rows++;
    bytes += entry.heapBytes();
  }

  void hold(PartitionBuffer buffer) {
    bytes += buffer.heapBytes();
  }

  void release(PartitionBuffer buffer) {
    bytes -= buffer.heapBytes();
  }

  void release(PendingRecord pending) {
    bytes -= pending.bytes();
  }

  void release(BufferedRow entry) {
    rows--;
    bytes -= entry.heapBytes();
  }

  /**
   * Nearly full: better to send small batches now than to stand still later. Not much earlier,
   * since it is the rows held that make batches large.
   */
  boolean pressing() {
    return exceeds(PRESSING);
  }

  /**
   * Whether fetching and reading should stop. Records that wait to be read do not count: they would
   * keep themselves waiting.
   */
  boolean full() {
    full = exceeds(full ? PRESSING : 1);
    return full;
  }

  private boolean exceeds(double share) {
    return rows >= share * batching.bufferMaxRows() || bytes >= share * batching.bufferMaxBytes();
  }

  long rows() {
    return rows;
  }

  /** Bytes, those of the records that wait to be read included. */
  long bytes() {
    return bytes + waiting;
  }

  /** Notes what the records that wait to be read hold in memory. */
  void waiting(long ofRecords) {
    waiting = ofRecords;
  }

  boolean anyWaiting() {
    return waiting > 0;
  }
}
