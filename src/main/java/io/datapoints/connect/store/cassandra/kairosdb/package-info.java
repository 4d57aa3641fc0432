/** KairosDB's tables in Cassandra, with the index rows by which KairosDB finds points. */
@NullMarked
package io.datapoints.connect.store.cassandra.kairosdb;

import org.jspecify.annotations.NullMarked;
