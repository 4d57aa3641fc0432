/** The protocol of the door. */
@NullMarked
package io.datapoints.connect.http;

import org.jspecify.annotations.NullMarked;
