/** The settings of a connection to Cassandra, and the parsers of their values. */
@NullMarked
package io.datapoints.connect.config.cassandra;

import org.jspecify.annotations.NullMarked;
