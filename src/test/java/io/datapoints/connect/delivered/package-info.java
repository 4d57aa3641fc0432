/** What the built archive delivers, from a topic through a real worker into each store. */
@NullMarked
package io.datapoints.connect.delivered;

import org.jspecify.annotations.NullMarked;
