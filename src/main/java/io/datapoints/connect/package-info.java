/**
 * Kafka Connect's face: the connectors and their task. The only package that knows every other one.
 */
@NullMarked
package io.datapoints.connect;

import org.jspecify.annotations.NullMarked;
