/** What the door does with bodies, over a log in memory. */
@NullMarked
package io.datapoints.connect.intake;

import org.jspecify.annotations.NullMarked;
