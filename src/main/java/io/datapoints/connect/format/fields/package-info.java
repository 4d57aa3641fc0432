/** Measurements with tags and fields, as InfluxDB and Telegraf have them: a point a field. */
@NullMarked
package io.datapoints.connect.format.fields;

import org.jspecify.annotations.NullMarked;
