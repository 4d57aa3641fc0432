/**
 * A metric as a record wrote it, before any rule: JSON, and the maps and structs that converters
 * make, as scalars with their literal text.
 */
@NullMarked
package io.datapoints.connect.kairosdb.raw;

import org.jspecify.annotations.NullMarked;
