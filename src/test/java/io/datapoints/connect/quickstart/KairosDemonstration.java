package io.datapoints.connect.quickstart;

import com.datastax.oss.driver.api.core.CqlSession;
import io.datapoints.connect.kit.CassandraNode;
import io.datapoints.connect.kit.KairosServer;
import io.datapoints.connect.pipeline.ConnectorFile;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * KairosDB metrics through the door of the worker into Kafka and Cassandra, with a KairosDB that
 * reads them.
 */
final class KairosDemonstration implements Demonstration {

  private final ConnectorFile connector;
  private final Shop shop;
  private final CassandraNode cassandra;
  private final KairosServer kairos;
  private final String door;
  private @Nullable CqlSession session;

  KairosDemonstration(Place place) throws IOException {
    this.cassandra = Stage.cassandra(place);
    this.connector = place.connector("kairosdb-cassandra").at(cassandra);
    this.shop = new Shop(place.now(), place.messages());
    this.door = "http://127.0.0.1:" + place.ports().next();
    this.kairos =
        new KairosServer(
            place.directory().resolve("kairosdb"),
            place.maven(),
            place.ports(),
            cassandra.contactPoint(),
            connector.keyspace(),
            List.of());
  }

  @Override
  public Map<String, String> workerProperties() {
    return Map.of(
        "rest.extension.classes",
        "io.datapoints.connect.DatapointsRestExtension",
        "datapoints.http.listeners",
        door,
        "datapoints.http.topic",
        connector.topics().get(0));
  }

  @Override
  public void start(Starts starts) {
    starts.start("Cassandra " + CassandraNode.VERSION, cassandra, cassandra::contactPoint);
    starts.start("KairosDB " + KairosServer.VERSION, kairos, kairos::root);
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
            shop,
            "Cassandra",
            new KairosPoints(session, connector.keyspace(), kairos),
            door));
  }

  @Override
  public Map<String, String> addresses() {
    Map<String, String> addresses = new TreeMap<>();
    addresses.put("Cassandra", cassandra.contactPoint() + ", " + connector.keyspace());
    addresses.put("The door", door + "/api/v1/datapoints");
    addresses.put("KairosDB", kairos.root() + "/api/v1/metricnames");
    return addresses;
  }

  @Override
  public void close() {
    if (session != null) {
      session.close();
    }
    kairos.close();
    cassandra.close();
  }
}
