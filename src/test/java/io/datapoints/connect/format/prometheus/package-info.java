/** What Prometheus and its adapters write, as a task reads it. */
@NullMarked
package io.datapoints.connect.format.prometheus;

import org.jspecify.annotations.NullMarked;
