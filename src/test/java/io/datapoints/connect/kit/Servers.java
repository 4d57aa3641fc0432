package io.datapoints.connect.kit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The servers of one run of tests: a broker, a worker, a Cassandra and a MongoDB that start when
 * first asked for and are shared, and any number of others. {@link #close()} ends them all; logs
 * and configurations stay for diagnosis, data do not.
 *
 * <p>Everything lies below the directory that system property {@code datapoints.workdir} names. The
 * environment variable {@code DATAPOINTS_TEST_SERVERS=containers} takes broker and Cassandra from
 * Docker instead. Which MongoDB it is, {@link MongoChoice} says.
 */
public final class Servers implements AutoCloseable {

  private final Path root;
  private final boolean containers;
  private final MavenClasspath maven = new MavenClasspath();
  private final FreePorts ports = new FreePorts();
  private final Map<String, Integer> names = new HashMap<>();
  private final Deque<Restartable> started = new ArrayDeque<>();
  private @Nullable Kafka kafka;
  private @Nullable Cassandra cassandra;
  private @Nullable Mongo mongo;
  private @Nullable ConnectWorker worker;
  private @Nullable MongoFeatures mongoFeatures;
  private final Databases databases = new Databases();

  /** Servers below the configured directory; what an earlier run left there is removed. */
  public Servers() {
    this(
        Path.of(System.getProperty("datapoints.workdir", "target/servers")).toAbsolutePath(),
        "containers".equals(System.getenv("DATAPOINTS_TEST_SERVERS")));
  }

  /** Servers below this directory, from containers or as processes. */
  public Servers(Path root, boolean containers) {
    this.root = root;
    this.containers = containers;
    Directories.remove(root);
  }

  /** The shared broker. */
  public synchronized Kafka kafka() {
    if (kafka == null) {
      kafka =
          started(
              containers ? new KafkaInContainer() : new KafkaBroker(next("kafka"), maven, ports));
    }
    return kafka;
  }

  /** The shared Cassandra. */
  public synchronized Cassandra cassandra() {
    if (cassandra == null) {
      cassandra =
          started(
              containers
                  ? new CassandraInContainer()
                  : new CassandraNode(next("cassandra"), maven, ports, CassandraNode.Profile.TEST));
    }
    return cassandra;
  }

  /** The shared MongoDB. */
  public synchronized Mongo mongo() {
    if (mongo == null) {
      mongo = ownMongo();
      mongoFeatures = MongoFeatures.of(mongo, databases.next("probe"));
      System.out.println("MongoDB tests ran against: " + mongoFeatures.summary());
    }
    return mongo;
  }

  /** What the shared MongoDB can do. */
  public synchronized MongoFeatures mongoFeatures() {
    mongo();
    return Objects.requireNonNull(mongoFeatures);
  }

  /**
   * A database of the shared MongoDB that nobody else uses, now or in another run; dropped at the
   * end.
   *
   * @param name the beginning of its name, such as that of the test class
   */
  public synchronized String mongoDatabase(String name) {
    return databases.next(name);
  }

  /** An emulator of MongoDB for figures, started. */
  public synchronized MongoEmulator benchmarkMongo() {
    return started(new MongoEmulator(next("mongodb"), maven, ports, MongoEmulator.BENCHMARK));
  }

  /** A MongoDB of the caller's own to disturb, of the same kind, started. */
  public synchronized Mongo ownMongo() {
    return started(MongoChoice.make(next("mongodb"), maven, ports));
  }

  /** A broker of the caller's own, started. */
  public synchronized KafkaBroker ownKafka() {
    return started(new KafkaBroker(next("kafka"), maven, ports));
  }

  /** A second broker of its cluster, started. */
  public synchronized KafkaBroker besides(KafkaBroker first) {
    return started(new KafkaBroker(next("kafka"), ports, first));
  }

  /**
   * A Cassandra node of the caller's own, started.
   *
   * @param settings lines of cassandra.yaml
   */
  public synchronized CassandraNode ownCassandra(
      CassandraNode.Profile profile, Map<String, String> settings) {
    return started(new CassandraNode(next("cassandra"), maven, ports, profile, settings));
  }

  /** A Cassandra of three nodes, the caller's own, started. */
  public synchronized CassandraCluster ownCluster() {
    return started(new CassandraCluster(next("cluster"), maven, ports));
  }

  /** The shared worker, with the built archive; its users remove their connectors. */
  public synchronized ConnectWorker worker() {
    if (worker == null) {
      worker = worker(WorkerSettings.defaults().archive(archive().orElseThrow()));
    }
    return worker;
  }

  /** A worker of the caller's own on the shared broker, started. */
  public ConnectWorker worker(WorkerSettings settings) {
    return worker(kafka(), settings);
  }

  /** A worker on this broker, started. */
  public synchronized ConnectWorker worker(Kafka broker, WorkerSettings settings) {
    return started(
        new ConnectWorker(next("worker"), maven, ports, broker.bootstrapServers(), settings));
  }

  /** The door of the built archive as a process of its own, started. */
  public synchronized DoorServer door(int port, Map<String, String> properties) {
    return started(new DoorServer(next("door"), maven, archive().orElseThrow(), port, properties));
  }

  /** A KairosDB on a keyspace of the shared Cassandra, started; it creates what is missing. */
  public KairosServer kairos(String keyspace) {
    return kairos(cassandra(), keyspace);
  }

  /** A KairosDB on a keyspace of this Cassandra, started; it creates what is missing. */
  public KairosServer kairos(Cassandra node, String keyspace) {
    return kairos(node, keyspace, List.of());
  }

  /**
   * As the other methods, with metrics whose tags it indexes.
   *
   * @param indexedMetrics names, or {@code *} for each
   */
  public synchronized KairosServer kairos(
      Cassandra node, String keyspace, List<String> indexedMetrics) {
    return started(
        new KairosServer(
            next("kairosdb"), maven, ports, node.contactPoint(), keyspace, indexedMetrics));
  }

  /** A KairosDB with this profile on a keyspace of this Cassandra, started. */
  public synchronized KairosServer kairos(
      Cassandra node, String keyspace, KairosServer.Profile profile) {
    return started(
        new KairosServer(
            next("kairosdb"), maven, ports, profile, node.contactPoint(), keyspace, List.of()));
  }

  /** The door of the built archive in front of this broker, ready to take what it is sent. */
  public synchronized DoorServer door(Kafka broker, DoorProperties settings) {
    int port = ports.next();
    DoorServer door =
        started(
            new DoorServer(
                next("door"),
                maven,
                archive().orElseThrow(),
                port,
                settings.flags(),
                settings.file(broker.bootstrapServers(), port)));
    door.awaitOpen();
    return door;
  }

  /** The connector archive of this build, if it was built. */
  public static Optional<Path> archive() {
    return Optional.of(System.getProperty("datapoints.archive", ""))
        .filter(name -> !name.isEmpty())
        .map(Path::of)
        .filter(Files::isRegularFile);
  }

  /** Ports for servers of the caller's own. */
  public FreePorts ports() {
    return ports;
  }

  /** The resolver, for servers of the caller's own. */
  public MavenClasspath maven() {
    return maven;
  }

  private Path next(String kind) {
    return root.resolve(kind + "-" + names.merge(kind, 1, Integer::sum));
  }

  private <T extends Restartable> T started(T server) {
    started.push(server);
    server.start();
    return server;
  }

  /** Ends all of them, the latest first. */
  @Override
  public synchronized void close() {
    // Any other MongoDB ends with the run.
    started.stream()
        .filter(GivenMongo.class::isInstance)
        .findFirst()
        .ifPresent(given -> databases.drop((GivenMongo) given));
    while (!started.isEmpty()) {
      Restartable server = started.pop();
      server.close();
      if (server instanceof Server process) {
        Directories.remove(process.directory().resolve("data"));
        Directories.remove(process.directory().resolve("plugins"));
      } else if (server instanceof CassandraCluster cluster) {
        cluster.directories().forEach(node -> Directories.remove(node.resolve("data")));
      }
    }
    maven.close();
  }
}
