/** The table of network flows in Cassandra. */
@NullMarked
package io.datapoints.connect.store.cassandra.flows;

import org.jspecify.annotations.NullMarked;
