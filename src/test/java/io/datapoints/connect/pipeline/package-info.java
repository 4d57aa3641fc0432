/** The built archive at work between a topic and a keyspace, and the rows it left there. */
@NullMarked
package io.datapoints.connect.pipeline;

import org.jspecify.annotations.NullMarked;
