/** The table of network flows in Cassandra; its rows are those of a mapping. */
@NullMarked
package io.datapoints.connect.store.cassandra.flows;

import org.jspecify.annotations.NullMarked;
