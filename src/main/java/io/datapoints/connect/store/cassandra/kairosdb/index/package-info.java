/** KairosDB's index in Cassandra: the rows by which KairosDB finds points, in force before them. */
@NullMarked
package io.datapoints.connect.store.cassandra.kairosdb.index;

import org.jspecify.annotations.NullMarked;
