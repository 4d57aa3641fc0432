package io.datapoints.connect.delivery;

import java.util.List;

/**
 * Rows of one partition in a {@link Batch}, in the order of their clustering key, no key twice.
 *
 * @param bytes the sum of its rows'
 * @param repetition whether the last attempt of its partition failed, or of all its rows
 */
record PartitionRows(
    PartitionBuffer buffer, List<BufferedRow> entries, long bytes, boolean repetition) {}
