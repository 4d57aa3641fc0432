/** The JSON of collectd's write_kafka and write_http as points. */
@NullMarked
package io.datapoints.connect.format.collectd;

import org.jspecify.annotations.NullMarked;
