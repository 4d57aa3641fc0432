/** What flows from a record to a store. Uses nothing but the JDK. */
@NullMarked
package io.datapoints.connect.model;

import org.jspecify.annotations.NullMarked;
