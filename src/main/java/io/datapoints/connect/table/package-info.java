/** The reader of the table layout: the values that mappings ask for, out of any record. */
@NullMarked
package io.datapoints.connect.table;

import org.jspecify.annotations.NullMarked;
