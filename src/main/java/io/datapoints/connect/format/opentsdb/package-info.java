/** The JSON of OpenTSDB's {@code POST /api/put} as points. */
@NullMarked
package io.datapoints.connect.format.opentsdb;

import org.jspecify.annotations.NullMarked;
