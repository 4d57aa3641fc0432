/** Tests of OpenTelemetry's metrics. */
@NullMarked
package io.datapoints.connect.format.otlp;

import org.jspecify.annotations.NullMarked;
