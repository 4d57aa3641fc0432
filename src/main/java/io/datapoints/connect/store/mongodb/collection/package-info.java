/** Collections and indexes: looked at, held against what is needed, and created. */
@NullMarked
package io.datapoints.connect.store.mongodb.collection;

import org.jspecify.annotations.NullMarked;
