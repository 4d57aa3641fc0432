/** A client that POSTs bodies as fast as they are answered, or at a rate, and times the answers. */
@NullMarked
package io.datapoints.connect.benchmark.post;

import org.jspecify.annotations.NullMarked;
