/**
 * The formats that collectors write: what they have in common. Each format has a room of its own.
 */
@NullMarked
package io.datapoints.connect.format;

import org.jspecify.annotations.NullMarked;
