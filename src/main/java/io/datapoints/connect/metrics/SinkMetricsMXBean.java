package io.datapoints.connect.metrics;

/** What one task has done since it started, and what it holds now; read through JMX. */
public interface SinkMetricsMXBean {

  /** When the task started, in milliseconds since the epoch. */
  long getStartTimeMs();

  /** Records received from the framework, tombstones included. */
  long getRecordsReceived();

  /** Records of which at least a part was bad. */
  long getRecordsRejected();

  /** Rows acknowledged by the store. */
  long getRowsWritten();

  /** Samples dropped because their time to live was over when they arrived. */
  long getRowsExpired();

  /** Batches acknowledged by the store. */
  long getBatchesWritten();

  /** Attempts that failed for a reason that time cures, each of which was repeated. */
  long getAttemptsFailed();

  /** Batches that the store refused for their content. */
  long getBatchesRefused();

  /** Rows held in memory now, those in flight included. */
  long getRowsHeld();

  /** Bytes held in memory now by those rows and their records. */
  long getBytesHeld();

  /** Batches under way now. */
  long getBatchesInFlight();

  /** Whether the partitions are paused now because the buffer is full. */
  boolean isPaused();

  /** Milliseconds since the store stopped answering, 0 while it answers. */
  long getStoreUnavailableMs();
}
