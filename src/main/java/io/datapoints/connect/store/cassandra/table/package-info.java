/** Tables of any shape in Cassandra, filled by mappings. */
@NullMarked
package io.datapoints.connect.store.cassandra.table;

import org.jspecify.annotations.NullMarked;
