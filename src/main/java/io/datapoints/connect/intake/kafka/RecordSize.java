package io.datapoints.connect.intake.kafka;

/** How large key and value may be for a limit that counts what is around them too. */
final class RecordSize {

  /** Headers of batch and record (93 bytes) and of a compressed frame, generously. */
  private static final int OVERHEAD = 512;

  /** What compression adds to what it cannot compress, for each so many bytes: 4 in 16 KiB. */
  private static final int GROWTH = 1_024;

  private RecordSize() {}

  /**
   * @param limit bytes of a batch at most, by the producer's {@code max.request.size} before
   *     compression, and by the topic's {@code max.message.bytes} after it
   */
  static int largest(int limit) {
    return Math.max(1, limit - OVERHEAD - limit / GROWTH);
  }
}
