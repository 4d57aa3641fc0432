package io.datapoints.connect.delivery;

import java.util.List;

/**
 * Rows of one partition under way to the store, in the order of their clustering key, no key twice.
 *
 * @param sentAt the engine's clock when it was sent, in milliseconds
 */
record Batch(PartitionBuffer buffer, List<Entry> entries, long sentAt) {}
