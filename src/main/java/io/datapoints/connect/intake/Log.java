package io.datapoints.connect.intake;

import org.jspecify.annotations.Nullable;

/** Keeps records for good. Thread safe. */
public interface Log {

  /** Learns what became of a record. */
  @FunctionalInterface
  interface Acknowledgement {

    /**
     * Called once for each record. Must not block: the thread is the log's, or the sender's.
     *
     * @param failure null when the log has the record, on all replicas that it waits for; otherwise
     *     it may have the record or not
     */
    void completed(@Nullable Exception failure);
  }

  /** Bytes that the key and the value of a record may have together. */
  int maxRecordBytes();

  /**
   * Why the log takes no records now, in a sentence without payload and secrets; null while it
   * does. Does not block.
   */
  @Nullable String fault();

  /** Appends a record; may block for a second when the log is away. */
  void send(byte[] key, byte[] value, Acknowledgement acknowledgement);
}
