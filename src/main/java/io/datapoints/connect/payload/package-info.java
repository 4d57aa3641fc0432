/**
 * The values of records, as layouts read them: JSON in texts and bytes by a streaming parser, gzip
 * compressed or not, and the reasons why a value cannot be read.
 */
@NullMarked
package io.datapoints.connect.payload;

import org.jspecify.annotations.NullMarked;
