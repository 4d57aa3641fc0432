/** The forms in which metrics are shown. */
@NullMarked
package io.datapoints.connect.http.metrics;

import org.jspecify.annotations.NullMarked;
