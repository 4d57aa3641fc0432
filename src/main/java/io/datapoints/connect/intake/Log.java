package io.datapoints.connect.intake;

import org.jspecify.annotations.Nullable;

/** The log that keeps records. Thread safe. */
public interface Log {

  /** Bytes that key and value of a record may have together at most. */
  int maxRecordBytes();

  /**
   * Why the log takes no records now, as a sentence without secrets; null while it does. Never
   * blocks.
   */
  @Nullable String fault();

  /**
   * Sends a record; may block up to a second. Calls back once: with null when all in-sync replicas
   * have it, else the failure. The callback runs on the log's thread (or the caller's) and must not
   * block.
   */
  void send(byte[] key, byte[] value, Acknowledgement acknowledgement);

  /** Told once what became of a record. */
  interface Acknowledgement {

    /**
     * @param failure null when the record is stored
     */
    void completed(@Nullable Exception failure);
  }
}
