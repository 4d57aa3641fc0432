/** RejectReasons under load, on real servers: what is left at the end must be what was produced. */
@NullMarked
package io.datapoints.connect.fault;

import org.jspecify.annotations.NullMarked;
