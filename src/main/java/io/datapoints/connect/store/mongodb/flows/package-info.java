/** Network flows in MongoDB. */
@NullMarked
package io.datapoints.connect.store.mongodb.flows;

import org.jspecify.annotations.NullMarked;
