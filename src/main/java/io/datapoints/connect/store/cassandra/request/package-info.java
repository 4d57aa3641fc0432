/**
 * What a layout is to the store, and what its requests have in common: batches, write times, limits
 * of keys.
 */
@NullMarked
package io.datapoints.connect.store.cassandra.request;

import org.jspecify.annotations.NullMarked;
