/** collectd's JSON, as a task reads it. */
@NullMarked
package io.datapoints.connect.format.collectd;

import org.jspecify.annotations.NullMarked;
