/**
 * The engine between records and a store: buffers by partition key, batches, in-flight limit,
 * retries, back-pressure and the offset ledger. Knows no particular store.
 */
@NullMarked
package io.datapoints.connect.delivery;

import org.jspecify.annotations.NullMarked;
