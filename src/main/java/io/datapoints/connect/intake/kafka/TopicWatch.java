package io.datapoints.connect.intake.kafka;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the topic. One bad look does not close the door, since a broker that restarts is
 * away for as long; two do, and a good one opens it. Looks are on the log's thread, questions on
 * any thread.
 */
final class TopicWatch implements AutoCloseable {

  private static final long PAUSE = TimeUnit.SECONDS.toNanos(5);
  private static final int BAD_LOOKS = 2;

  private final TopicLook topic;
  private final LongSupplier nanoTime;

  private volatile @Nullable String fault;
  private volatile boolean missing = true;
  private volatile int maxMessageBytes = Integer.MAX_VALUE;

  private int badLooks = BAD_LOOKS;
  private long lookedAt;

  TopicWatch(String name, TopicLook topic, LongSupplier nanoTime) {
    this.topic = topic;
    this.nanoTime = nanoTime;
    this.fault = "Topic " + name + " was not seen yet";
  }

  /**
   * Looks, if it is time: every five seconds while all is well, else at each call.
   *
   * @return null if it was not time
   */
  @Nullable TopicState look() {
    if (badLooks == 0 && nanoTime.getAsLong() - lookedAt < PAUSE) {
      return null;
    }
    TopicState seen = topic.look();
    lookedAt = nanoTime.getAsLong();
    if (seen instanceof TopicState.Ready ready) {
      badLooks = 0;
      maxMessageBytes = ready.maxMessageBytes();
      missing = false;
      fault = null;
    } else if (seen instanceof TopicState.Unusable unusable) {
      badLooks = Math.min(BAD_LOOKS, badLooks + 1);
      missing |= unusable.missing();
      if (badLooks == BAD_LOOKS) {
        fault = unusable.reason();
      }
    }
    return seen;
  }

  /** Null while the topic takes records. */
  @Nullable String fault() {
    return fault;
  }

  /** Whether it is not known to exist; nobody may ask a broker for it then, who might create it. */
  boolean missing() {
    return missing;
  }

  /** Its largest batch, as last seen. */
  int maxMessageBytes() {
    return maxMessageBytes;
  }

  @Override
  public void close() {
    topic.close();
  }
}
