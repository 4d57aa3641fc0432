/** BSON as bytes. */
@NullMarked
package io.datapoints.connect.store.mongodb.bson;

import org.jspecify.annotations.NullMarked;
