/** Tables and keyspaces: read, held against what is needed, and created. */
@NullMarked
package io.datapoints.connect.store.cassandra.schema;

import org.jspecify.annotations.NullMarked;
