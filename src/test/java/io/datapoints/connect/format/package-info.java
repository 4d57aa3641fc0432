/** Tests of the formats that collectors write. */
@NullMarked
package io.datapoints.connect.format;

import org.jspecify.annotations.NullMarked;
