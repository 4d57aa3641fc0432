package io.datapoints.connect.quickstart;

import com.datastax.oss.driver.api.core.CqlSession;
import io.datapoints.connect.kit.CassandraNode;
import io.datapoints.connect.pipeline.ConnectorFile;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Network flows in Cassandra. */
final class FlowsDemonstration implements Demonstration {

  private final ConnectorFile connector;
  private final Network network;
  private final CassandraNode cassandra;
  private @Nullable CqlSession session;

  FlowsDemonstration(Place place) throws IOException {
    this.cassandra = Stage.cassandra(place);
    this.connector = place.connector("flows-cassandra").at(cassandra);
    this.network = new Network(1, place.now(), place.messages());
  }

  @Override
  public void start(Starts starts) {
    starts.start("Cassandra " + CassandraNode.VERSION, cassandra, cassandra::contactPoint);
    session = cassandra.session();
  }

  @Override
  public List<Exhibit> exhibits() {
    if (session == null) {
      throw new IllegalStateException("not started");
    }
    return List.of(
        new Exhibit(
            connector,
            network,
            "Cassandra",
            new CassandraFlows(session, connector.keyspace(), network.busiest())));
  }

  @Override
  public Map<String, String> addresses() {
    return Map.of("Cassandra", cassandra.contactPoint() + ", " + connector.keyspace() + ".metrics");
  }

  @Override
  public void close() {
    if (session != null) {
      session.close();
    }
    cassandra.close();
  }
}
