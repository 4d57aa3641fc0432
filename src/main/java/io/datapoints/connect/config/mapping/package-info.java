/** The settings of the table layout: which topics go to which tables or collections, and how. */
@NullMarked
package io.datapoints.connect.config.mapping;

import org.jspecify.annotations.NullMarked;
