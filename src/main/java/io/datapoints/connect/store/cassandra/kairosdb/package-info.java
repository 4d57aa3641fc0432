/** KairosDB's tables in Cassandra, and its points in them. */
@NullMarked
package io.datapoints.connect.store.cassandra.kairosdb;

import org.jspecify.annotations.NullMarked;
