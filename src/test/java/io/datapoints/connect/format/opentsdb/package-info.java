/** Data points of OpenTSDB, as a task reads them. */
@NullMarked
package io.datapoints.connect.format.opentsdb;

import org.jspecify.annotations.NullMarked;
