/** The Cassandra adapter. Nothing outside imports the driver. */
@NullMarked
package io.datapoints.connect.store.cassandra;

import org.jspecify.annotations.NullMarked;
