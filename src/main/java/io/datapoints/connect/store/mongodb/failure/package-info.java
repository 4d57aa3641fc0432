/**
 * What an exception or an error code of MongoDB means: an outage, a refusal, or something for an
 * operator.
 */
@NullMarked
package io.datapoints.connect.store.mongodb.failure;

import org.jspecify.annotations.NullMarked;
