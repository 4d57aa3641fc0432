/**
 * The connectors and their tasks, as Kafka Connect sees them. Only this package knows the layouts,
 * the engine and the stores.
 */
@NullMarked
package io.datapoints.connect;

import org.jspecify.annotations.NullMarked;
