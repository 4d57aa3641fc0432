package io.datapoints.connect.store.cassandra.kairosdb;

/**
 * A metric's row time: what {@code row_key_time_index} has a row for, and what the rows of {@code
 * row_keys} are partitioned by.
 *
 * @param entry the row of the time index
 * @param metricName the row of the metric names, shared by all row times of the metric
 */
record RowTimeKey(String metric, long rowTime, IndexEntry entry, IndexEntry metricName) {}
