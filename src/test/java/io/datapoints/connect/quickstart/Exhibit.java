package io.datapoints.connect.quickstart;

import io.datapoints.connect.pipeline.ConnectorFile;

/**
 * One connector at work.
 *
 * @param connector its settings, with the addresses of this run
 * @param source what is sent to its topic
 * @param store the name of its store
 * @param holdings what is in that store
 */
record Exhibit(ConnectorFile connector, Source source, String store, Holdings holdings) {}
