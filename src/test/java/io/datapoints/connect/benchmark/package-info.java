/**
 * The archive end to end, from a full topic into Cassandra, beside a plain loop over the driver.
 * Run by the Maven profile {@code benchmark}; not a test.
 */
@NullMarked
package io.datapoints.connect.benchmark;

import org.jspecify.annotations.NullMarked;
