/** The settings of the formats in which records of metrics come. */
@NullMarked
package io.datapoints.connect.config.format;

import org.jspecify.annotations.NullMarked;
