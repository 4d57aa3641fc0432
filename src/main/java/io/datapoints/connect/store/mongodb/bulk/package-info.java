/** What a layout is to the store, bulk writes, and what became of each row of one. */
@NullMarked
package io.datapoints.connect.store.mongodb.bulk;

import org.jspecify.annotations.NullMarked;
