/** Admission, splitting, and the join of acknowledgements. */
@NullMarked
package io.datapoints.connect.intake;

import org.jspecify.annotations.NullMarked;
