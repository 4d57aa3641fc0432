/** What operators see. */
@NullMarked
package io.datapoints.connect.metrics;

import org.jspecify.annotations.NullMarked;
