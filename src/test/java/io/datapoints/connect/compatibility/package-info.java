/** KairosDB 1.3 itself, as the reader of what the built archive wrote and as its measure. */
@NullMarked
package io.datapoints.connect.compatibility;

import org.jspecify.annotations.NullMarked;
