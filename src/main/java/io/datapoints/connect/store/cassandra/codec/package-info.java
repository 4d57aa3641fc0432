/** The values of records in the types of CQL. */
@NullMarked
package io.datapoints.connect.store.cassandra.codec;

import org.jspecify.annotations.NullMarked;
