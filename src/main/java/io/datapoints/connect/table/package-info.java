/** The reader of the table layout: extracts the values that mappings name from any record. */
@NullMarked
package io.datapoints.connect.table;

import org.jspecify.annotations.NullMarked;
