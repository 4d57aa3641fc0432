package io.datapoints.connect.config;

import java.time.Duration;

/**
 * When rows leave the buffer, and how much may wait in it. All limits are those of one task.
 *
 * @param maxRows rows in one batch at most
 * @param maxBytes encoded bytes in one batch at most (a single larger row still travels, alone)
 * @param linger how long a row may wait for company
 * @param bufferMaxRows rows buffered or in flight above which the task pauses its partitions
 * @param bufferMaxBytes bytes, records included, above which the task pauses its partitions
 * @param maxInFlightBatches batches under way at the same time
 * @param flushTimeout how long a flush waits for acknowledgements
 */
public record BatchingConfig(
    int maxRows,
    int maxBytes,
    Duration linger,
    int bufferMaxRows,
    long bufferMaxBytes,
    int maxInFlightBatches,
    Duration flushTimeout) {}
