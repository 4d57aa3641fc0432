/** What an exception of the driver means: an outage, a refusal, or something for an operator. */
@NullMarked
package io.datapoints.connect.store.cassandra.failure;

import org.jspecify.annotations.NullMarked;
