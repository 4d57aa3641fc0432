package io.datapoints.connect.quickstart;

import io.datapoints.connect.pipeline.ConnectorFile;
import org.jspecify.annotations.Nullable;

/**
 * One connector at work.
 *
 * @param connector its settings, with the addresses of this run
 * @param source what is sent to its topic
 * @param store the name of its store
 * @param holdings what is in that store
 * @param door {@code http://host:port} of the door that good messages go through; null where they
 *     go to Kafka themselves
 */
record Exhibit(
    ConnectorFile connector,
    Source source,
    String store,
    Holdings holdings,
    @Nullable String door) {

  /** Without a door. */
  Exhibit(ConnectorFile connector, Source source, String store, Holdings holdings) {
    this(connector, source, store, holdings, null);
  }
}
