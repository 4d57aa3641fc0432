/** The door of the built archive, in workers and as a process, on real servers. */
@NullMarked
package io.datapoints.connect.door;

import org.jspecify.annotations.NullMarked;
