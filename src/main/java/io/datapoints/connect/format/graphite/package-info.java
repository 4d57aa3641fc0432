/** Graphite's plaintext lines as points. */
@NullMarked
package io.datapoints.connect.format.graphite;

import org.jspecify.annotations.NullMarked;
