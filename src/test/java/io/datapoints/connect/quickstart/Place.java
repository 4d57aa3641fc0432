package io.datapoints.connect.quickstart;

import io.datapoints.connect.kit.FreePorts;
import io.datapoints.connect.kit.MavenClasspath;
import io.datapoints.connect.pipeline.ConnectorFile;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Where servers are set up, and with what.
 *
 * @param directory they have one each below it
 * @param maven where they come from
 * @param ports what they may listen on
 * @param configurations the directory of the connectors' files
 * @param messages how many messages a source has in its hour, at least
 * @param now where that hour ends, in milliseconds since the epoch
 */
record Place(
    Path directory,
    MavenClasspath maven,
    FreePorts ports,
    Path configurations,
    int messages,
    long now) {

  /** A connector as the repository ships it. */
  ConnectorFile connector(String name) throws IOException {
    return ConnectorFile.read(configurations.resolve(name + ".json"));
  }
}
