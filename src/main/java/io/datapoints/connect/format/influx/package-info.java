/** InfluxDB's line protocol in records: lines to points. */
@NullMarked
package io.datapoints.connect.format.influx;

import org.jspecify.annotations.NullMarked;
