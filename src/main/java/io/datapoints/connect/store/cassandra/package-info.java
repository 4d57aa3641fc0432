/**
 * The Cassandra adapter. Nothing outside imports the driver.
 *
 * <p>{@link io.datapoints.connect.store.cassandra.CassandraStore} opens one session a task and
 * hands it to a layout, which plans rows on the task thread and writes them; the driver's threads
 * only complete stages and set the marks of index entries.
 */
@NullMarked
package io.datapoints.connect.store.cassandra;

import org.jspecify.annotations.NullMarked;
