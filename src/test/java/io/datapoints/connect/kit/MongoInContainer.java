package io.datapoints.connect.kit;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.bson.Document;
import org.testcontainers.containers.GenericContainer;

/** MongoDB 8.0 from its official image, as a replica set of one member. */
final class MongoInContainer extends InContainer<MongoInContainer.Member> implements Mongo {

  private static final int PORT = 27_017;

  @Override
  Member create() {
    return new Member();
  }

  @Override
  public String uri() {
    return container().uri();
  }

  @Override
  public InetSocketAddress address() {
    return new InetSocketAddress(container().getHost(), container().getMappedPort(PORT));
  }

  @Override
  public String uriThrough(TcpProxy proxy) {
    return Mongo.direct(proxy.contactPoint());
  }

  @Override
  public boolean emulated() {
    return false;
  }

  /**
   * Initiates the set from outside, once it listens. The set knows its member by the port inside
   * the container, so that clients must come directly.
   */
  static final class Member extends GenericContainer<Member> {

    private static final Duration ELECTION_BOUND = Duration.ofMinutes(1);

    Member() {
      super("mongo:8.0.26");
      withExposedPorts(PORT);
      withCommand("--replSet", "rs0", "--bind_ip_all");
    }

    String uri() {
      return Mongo.direct(getHost() + ":" + getMappedPort(PORT));
    }

    @Override
    protected void containerIsStarted(InspectContainerResponse info) {
      try (MongoClient client = MongoClients.create(uri())) {
        MongoDatabase admin = client.getDatabase("admin");
        Document member = new Document("_id", 0).append("host", "localhost:" + PORT);
        admin.runCommand(
            new Document(
                "replSetInitiate", new Document("_id", "rs0").append("members", List.of(member))));
        Await.until(
            "the election of a primary",
            ELECTION_BOUND,
            () ->
                admin.runCommand(new Document("hello", 1)).getBoolean("isWritablePrimary", false));
      }
    }
  }
}
