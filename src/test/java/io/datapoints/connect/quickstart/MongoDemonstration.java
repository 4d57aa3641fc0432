package io.datapoints.connect.quickstart;

import com.mongodb.client.MongoClient;
import io.datapoints.connect.kit.Mongo;
import io.datapoints.connect.kit.MongoChoice;
import io.datapoints.connect.pipeline.ConnectorFile;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Network flows and KairosDB metrics in MongoDB. */
final class MongoDemonstration implements Demonstration {

  private final Place place;
  private final ConnectorFile flows;
  private final ConnectorFile points;
  private final Mongo mongo;
  private @Nullable MongoClient client;

  MongoDemonstration(Place place) throws IOException {
    this.place = place;
    this.flows = place.connector("flows-mongodb");
    this.points = place.connector("kairosdb-mongodb");
    this.mongo =
        MongoChoice.make(place.directory().resolve("mongodb"), place.maven(), place.ports());
  }

  @Override
  public void start(Starts starts) {
    String title = mongo.emulated() ? "MongoDB emulator" : "MongoDB";
    starts.start(title, mongo, this::address);
    client = mongo.client();
    if (mongo.emulated()) {
      starts.warn(
          "This is not a real MongoDB but an emulator in memory: it shows what is stored,",
          "not how fast or how safe. A real one is taken from Docker where that answers,",
          "or from DATAPOINTS_TEST_MONGODB_URI.");
    }
  }

  @Override
  public List<Exhibit> exhibits() {
    Network network = new Network(1, place.now(), place.messages());
    Shop shop = new Shop(place.now(), place.messages());
    return List.of(
        new Exhibit(
            located(flows),
            network,
            "MongoDB",
            new MongoFlows(
                client().getDatabase(database(flows)).getCollection("metrics"), network.busiest())),
        new Exhibit(
            located(points),
            shop,
            "MongoDB",
            new MongoPoints(client().getDatabase(database(points)).getCollection("data_points"))));
  }

  private ConnectorFile located(ConnectorFile connector) {
    return connector.with(
        Map.of("mongodb.uri", mongo.uri(), "mongodb.database", database(connector)));
  }

  /** A MongoDB that stays gets a database that nobody else uses, which is dropped at the end. */
  private String database(ConnectorFile connector) {
    String name = connector.config().getOrDefault("mongodb.database", "");
    return mongo.emulated() ? name : name + "_quickstart_" + place.now();
  }

  private MongoClient client() {
    if (client == null) {
      throw new IllegalStateException("not started");
    }
    return client;
  }

  private String address() {
    return mongo.address().getHostString() + ":" + mongo.address().getPort();
  }

  @Override
  public Map<String, String> addresses() {
    return Map.of(
        "MongoDB",
        address() + ", " + database(flows) + ".metrics, " + database(points) + ".data_points");
  }

  @Override
  public void close() {
    if (client != null) {
      if (!mongo.emulated()) {
        client.getDatabase(database(flows)).drop();
        client.getDatabase(database(points)).drop();
      }
      client.close();
    }
    mongo.close();
  }
}
