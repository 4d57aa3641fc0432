/** Settings of the door: worker properties below {@code datapoints.http.}, and their records. */
@NullMarked
package io.datapoints.connect.config.door;

import org.jspecify.annotations.NullMarked;
