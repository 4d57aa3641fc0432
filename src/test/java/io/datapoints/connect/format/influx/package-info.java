/** Records of line protocol, as a task reads them. */
@NullMarked
package io.datapoints.connect.format.influx;

import org.jspecify.annotations.NullMarked;
