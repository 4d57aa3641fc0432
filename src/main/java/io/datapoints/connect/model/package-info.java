/** The types that pass from a record to a store. Depends on the JDK alone. */
@NullMarked
package io.datapoints.connect.model;

import org.jspecify.annotations.NullMarked;
