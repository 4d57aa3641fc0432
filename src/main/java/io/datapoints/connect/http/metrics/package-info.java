/** What operators see of the door: one list of numbers, shown by JMX, as text and as JSON. */
@NullMarked
package io.datapoints.connect.http.metrics;

import org.jspecify.annotations.NullMarked;
