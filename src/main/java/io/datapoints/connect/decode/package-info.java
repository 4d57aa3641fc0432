/**
 * From a record's value to the objects of its layout, as they were written: JSON text by a
 * streaming parser, and what converters make of it (maps and structs).
 */
@NullMarked
package io.datapoints.connect.decode;

import org.jspecify.annotations.NullMarked;
