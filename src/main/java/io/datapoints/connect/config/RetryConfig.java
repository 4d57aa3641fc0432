package io.datapoints.connect.config;

import java.time.Duration;

/**
 * How a failed attempt is repeated.
 *
 * @param backoff the first wait
 * @param maxBackoff the longest wait
 * @param timeout how long the store may stay away before the task fails; negative for ever
 */
public record RetryConfig(Duration backoff, Duration maxBackoff, Duration timeout) {}
