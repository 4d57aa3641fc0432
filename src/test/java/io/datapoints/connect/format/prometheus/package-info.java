/** Tests of Prometheus' remote write. */
@NullMarked
package io.datapoints.connect.format.prometheus;

import org.jspecify.annotations.NullMarked;
