/** What config/observability promises: names that a worker really shows, and nothing else. */
@NullMarked
package io.datapoints.connect.observability;

import org.jspecify.annotations.NullMarked;
