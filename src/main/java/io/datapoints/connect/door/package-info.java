/** The door as a whole: opened and closed in order, in a worker or as a process of its own. */
@NullMarked
package io.datapoints.connect.door;

import org.jspecify.annotations.NullMarked;
