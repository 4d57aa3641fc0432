/**
 * What a record holds, as it was written and before any rule: scalars with their literal text. The
 * decoder fills it, the rules read it.
 */
@NullMarked
package io.datapoints.connect.raw;

import org.jspecify.annotations.NullMarked;
