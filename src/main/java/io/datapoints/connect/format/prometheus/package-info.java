/** What Prometheus and its adapters write, as points. */
@NullMarked
package io.datapoints.connect.format.prometheus;

import org.jspecify.annotations.NullMarked;
