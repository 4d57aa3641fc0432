/** OpenTelemetry's metrics in records: data points of every kind to points. */
@NullMarked
package io.datapoints.connect.format.otlp;

import org.jspecify.annotations.NullMarked;
