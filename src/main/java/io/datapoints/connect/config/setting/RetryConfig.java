package io.datapoints.connect.config.setting;

import static org.apache.kafka.common.config.ConfigDef.Range.atLeast;

import java.time.Duration;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;

/**
 * How failed writes are retried.
 *
 * @param backoff the wait before the first retry
 * @param maxBackoff the longest wait between retries
 * @param timeout how long the store may be unavailable before the task fails; negative for no limit
 */
public record RetryConfig(Duration backoff, Duration maxBackoff, Duration timeout) {

  public static final String BACKOFF_MS = "retry.backoff.ms";
  public static final String BACKOFF_MAX_MS = "retry.backoff.max.ms";
  public static final String TIMEOUT_MS = "retry.timeout.ms";

  public static ConfigDef define(ConfigDef definition) {
    new SettingGroup(definition, "Retries")
        .add(
            BACKOFF_MS,
            ConfigDef.Type.LONG,
            100L,
            atLeast(1),
            Importance.LOW,
            "First wait (ms)",
            "Milliseconds before the first repetition of a failed write. Each further wait is"
                + " longer, with jitter.")
        .add(
            BACKOFF_MAX_MS,
            ConfigDef.Type.LONG,
            10_000L,
            atLeast(1),
            Importance.LOW,
            "Longest wait (ms)",
            "Milliseconds between two attempts at most.")
        .add(
            TIMEOUT_MS,
            ConfigDef.Type.LONG,
            -1L,
            atLeast(-1),
            Importance.MEDIUM,
            "Give up after (ms)",
            "Milliseconds that the store may stay away before the task fails; -1 waits for ever."
                + " No record is dropped either way.");
    return definition;
  }

  public static RetryConfig from(AbstractConfig config) {
    return new RetryConfig(
        Duration.ofMillis(config.getLong(BACKOFF_MS)),
        Duration.ofMillis(config.getLong(BACKOFF_MAX_MS)),
        Duration.ofMillis(config.getLong(TIMEOUT_MS)));
  }

  public static void review(Review review) {
    review.atMost(BACKOFF_MS, BACKOFF_MAX_MS, "the first wait cannot be longer than the longest");
  }

  /** Whether a wait of this length exceeds the timeout. */
  public boolean isOver(long millis) {
    return !timeout.isNegative() && millis > timeout.toMillis();
  }
}
