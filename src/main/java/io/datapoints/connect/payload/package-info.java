/**
 * What a record holds, as it was written and before any rule: JSON text by a streaming parser, and
 * what converters make of it (maps and structs), as scalars with their literal text.
 */
@NullMarked
package io.datapoints.connect.payload;

import org.jspecify.annotations.NullMarked;
