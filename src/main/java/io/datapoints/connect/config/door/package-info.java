/** The settings of the door, from a worker's properties or a file of its own. */
@NullMarked
package io.datapoints.connect.config.door;

import org.jspecify.annotations.NullMarked;
