/** MongoDB: documents, bulk writes, indexes, and what its errors mean. */
@NullMarked
package io.datapoints.connect.store.mongodb;

import org.jspecify.annotations.NullMarked;
