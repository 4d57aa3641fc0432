/** Prometheus' remote write in records: series to points. */
@NullMarked
package io.datapoints.connect.format.prometheus;

import org.jspecify.annotations.NullMarked;
