/** Graphite's lines, as a task reads them. */
@NullMarked
package io.datapoints.connect.format.graphite;

import org.jspecify.annotations.NullMarked;
