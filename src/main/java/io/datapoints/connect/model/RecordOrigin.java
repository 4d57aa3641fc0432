package io.datapoints.connect.model;

/**
 * The original coordinates of the record of a sample, before any transform renamed the topic
 * (KIP-793).
 *
 * @param topic original topic
 * @param partition original partition
 * @param offset original offset
 * @param timestamp the record's timestamp in milliseconds since the epoch, or {@link #NO_TIMESTAMP}
 */
public record RecordOrigin(String topic, int partition, long offset, long timestamp) {

  /** Stands for a record without a timestamp. */
  public static final long NO_TIMESTAMP = -1;

  @Override
  public String toString() {
    return topic + "-" + partition + "@" + offset;
  }
}
