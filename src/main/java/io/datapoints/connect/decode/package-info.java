/** From a record's value to KairosDB metrics as they were written, before any rule is applied. */
@NullMarked
package io.datapoints.connect.decode;

import org.jspecify.annotations.NullMarked;
