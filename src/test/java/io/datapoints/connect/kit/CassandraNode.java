package io.datapoints.connect.kit;

import com.datastax.oss.driver.api.core.CqlSessionBuilder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A Cassandra 5.0 node on a loopback address, alone or one of a cluster. */
public final class CassandraNode extends Server implements Cassandra {

  /**
   * The newest 5.0, which needs JDK 17 and does not run on a newer one, unless {@code
   * -Ddatapoints.cassandra.version} names another.
   */
  public static final String VERSION = System.getProperty("datapoints.cassandra.version", "5.0.9");

  /** The Java for it: that of the tests, unless {@code -Ddatapoints.cassandra.java.home} is set. */
  private static final Path JAVA_HOME =
      Path.of(
          System.getProperty(
              "datapoints.cassandra.java.home", System.getProperty("java.home", "")));

  /**
   * For what the node is tuned.
   *
   * @param heap flags of the virtual machine that size its heap
   * @param flags its other flags
   * @param settings lines of cassandra.yaml, each value as YAML text
   */
  public record Profile(List<String> heap, List<String> flags, Map<String, String> settings) {

    /**
     * Small and quick to start. Its commit log is synced before a write is acknowledged. In the
     * periodic mode the log's section markers, without which a replay does not see a section,
     * follow the writes by up to 100 ms, and a node killed while it was written to came back
     * without the last one to three per cent of 3000 acknowledged rows.
     */
    public static final Profile TEST =
        new Profile(List.of("-Xms64m", "-Xmx512m"), Flags.SMALL, Map.of("commitlog_sync", "batch"));

    /** As in production, for figures: both compilers, a parallel collector, periodic sync. */
    public static final Profile BENCHMARK =
        new Profile(
            List.of("-Xms2g", "-Xmx2g"),
            List.of("-XX:+UseParallelGC", "-Djava.net.preferIPv4Stack=true"),
            Map.of("commitlog_sync", "periodic", "commitlog_sync_period", "10000ms"));

    /** Takes copies. */
    public Profile {
      heap = List.copyOf(heap);
      flags = List.copyOf(flags);
      settings = Map.copyOf(settings);
    }

    /** With this largest heap, as in {@code -Xmx}. */
    public Profile heap(String largest) {
      return new Profile(List.of("-Xms64m", "-Xmx" + largest), flags, settings);
    }
  }

  private final List<Path> classpath;
  private final Profile profile;
  private final Map<String, String> settings;
  private final RingPlace place;

  /** A node with the profile's own settings. */
  public CassandraNode(Path directory, MavenClasspath maven, FreePorts ports, Profile profile) {
    this(directory, maven, ports, profile, Map.of());
  }

  /**
   * A node on free ports, with everything it has below the directory.
   *
   * @param settings lines of cassandra.yaml, each value as YAML text; they win over the profile's
   */
  public CassandraNode(
      Path directory,
      MavenClasspath maven,
      FreePorts ports,
      Profile profile,
      Map<String, String> settings) {
    this(directory, maven, profile, RingPlace.alone(ports), settings);
  }

  CassandraNode(
      Path directory,
      MavenClasspath maven,
      Profile profile,
      RingPlace place,
      Map<String, String> settings) {
    super(directory.getFileName().toString(), directory);
    this.classpath = maven.resolve("org.apache.cassandra:cassandra-all:" + VERSION);
    this.profile = profile;
    this.place = place;
    this.settings = yaml();
    this.settings.putAll(profile.settings());
    this.settings.putAll(settings);
  }

  private Map<String, String> yaml() {
    Map<String, String> yaml = new LinkedHashMap<>();
    yaml.put("cluster_name", "kit");
    yaml.put("num_tokens", "1");
    yaml.put("partitioner", "org.apache.cassandra.dht.Murmur3Partitioner");
    yaml.put("endpoint_snitch", "SimpleSnitch");
    yaml.put("listen_address", place.host());
    yaml.put("rpc_address", place.host());
    yaml.put("native_transport_port", Integer.toString(place.clientPort()));
    yaml.put("storage_port", Integer.toString(place.storagePort()));
    yaml.put("ssl_storage_port", Integer.toString(place.secureStoragePort()));
    // Nobody has anything yet that a new node would have to fetch.
    yaml.put("auto_bootstrap", "false");
    // Nobody wants back what a test drops.
    yaml.put("auto_snapshot", "false");
    yaml.put(
        "seed_provider",
        "[{class_name: org.apache.cassandra.locator.SimpleSeedProvider,"
            + " parameters: [{seeds: '"
            + RingPlace.SEED
            + ":"
            + place.storagePort()
            + "'}]}]");
    yaml.put("data_file_directories", "['" + data("data") + "']");
    yaml.put("commitlog_directory", "'" + data("commitlog") + "'");
    yaml.put("saved_caches_directory", "'" + data("saved_caches") + "'");
    yaml.put("hints_directory", "'" + data("hints") + "'");
    yaml.put("cdc_raw_directory", "'" + data("cdc_raw") + "'");
    return yaml;
  }

  private Path data(String name) {
    return directory().resolve("data").resolve(name).toAbsolutePath();
  }

  @Override
  public InetSocketAddress address() {
    return new InetSocketAddress(place.host(), place.clientPort());
  }

  /** For the first role, where there are roles. */
  @Override
  public CqlSessionBuilder sessionBuilder() {
    CqlSessionBuilder builder = Cassandra.super.sessionBuilder();
    return settings.containsKey("authenticator")
        ? builder.withAuthCredentials("cassandra", "cassandra")
        : builder;
  }

  @Override
  public String localDatacenter() {
    return "datacenter1";
  }

  @Override
  JvmCommand command() {
    Path yaml =
        Directories.write(
            directory().resolve("cassandra.yaml"),
            settings.entrySet().stream()
                .map(each -> each.getKey() + ": " + each.getValue() + "\n")
                .collect(Collectors.joining()));
    return new JvmCommand(
            name(), "org.apache.cassandra.service.CassandraDaemon", classpath, directory())
        .withJavaHome(JAVA_HOME)
        .withFlags(profile.heap)
        .withFlags(profile.flags)
        .withFlags("-javaagent:" + MavenClasspath.jar(classpath, "jamm"))
        .withFlags(moduleFlags())
        .withFlags(
            "-Djdk.attach.allowAttachSelf=true",
            "-Dio.netty.tryReflectionSetAccessible=true",
            "-Dcassandra.config=" + yaml.toUri(),
            "-Dcassandra.storagedir=" + directory().resolve("data").toAbsolutePath(),
            "-Dcassandra.logdir=" + directory().toAbsolutePath(),
            "-Dcassandra-foreground=yes",
            "-Dcassandra.jmx.local.port=" + place.jmxPort(),
            "-Dlogback.configurationFile=" + Logback.write(directory(), "INFO"))
        // Nodes that have their tokens given need not wait for each other.
        .withFlags(
            "-Dcassandra.skip_wait_for_gossip_to_settle=0",
            // How long a node asks for the others before it gives up. On a busy machine they need
            // seconds to answer; once they have, nobody waits for the rest of it.
            "-Dcassandra.ring_delay_ms=10000",
            "-Dcassandra.consistent.rangemovement=false",
            // A node that finds itself behind the others asks for their schema after a minute by
            // default.
            "-Dcassandra.migration_delay_ms=15000",
            // The first role is made after ten seconds by default, and passwords are hashed for
            // long.
            "-Dcassandra.superuser_setup_delay_ms=0",
            "-Dcassandra.auth_bcrypt_gensalt_log2_rounds=4",
            "-Dcassandra.initial_token=" + place.token());
  }

  /** How many nodes of its cluster this one takes for alive, itself among them. */
  public long liveNodes() throws IOException {
    Map<?, ?> states =
        (Map<?, ?>)
            Jmx.attribute(
                place.jmxPort(), "org.apache.cassandra.net:type=FailureDetector", "SimpleStates");
    return states.values().stream().filter("UP"::equals).count();
  }

  /**
   * Switches the guardrail {@code user_timestamps_enabled} while the node runs. Guardrails are for
   * roles that are no superusers, and so for nobody where there are no roles.
   */
  public void userTimestamps(boolean enabled) throws IOException {
    Jmx.set(
        place.jmxPort(),
        "org.apache.cassandra.db:type=Guardrails",
        "UserTimestampsEnabled",
        enabled);
  }

  /** From now on it traces this part of its clients' requests, into keyspace system_traces. */
  public void trace(double part) throws IOException {
    Jmx.set(
        place.jmxPort(), "org.apache.cassandra.db:type=StorageService", "TraceProbability", part);
  }

  /** What Cassandra's own start script opens for it on JDK 17. */
  private static List<String> moduleFlags() {
    List<String> flags = new ArrayList<>();
    Stream.of(
            "java.base/jdk.internal.misc",
            "java.base/java.lang.ref",
            "java.management.rmi/com.sun.jmx.remote.internal.rmi",
            "java.rmi/sun.rmi.registry",
            "java.rmi/sun.rmi.server",
            "java.sql/java.sql",
            "jdk.unsupported/sun.misc",
            "jdk.attach/sun.tools.attach")
        .map(each -> "--add-exports=" + each + "=ALL-UNNAMED")
        .forEach(flags::add);
    Stream.of(
            "java.lang",
            "java.lang.module",
            "java.lang.reflect",
            "java.io",
            "java.nio",
            "java.util",
            "java.util.concurrent",
            "java.util.concurrent.atomic",
            "sun.nio.ch",
            "jdk.internal.loader",
            "jdk.internal.ref",
            "jdk.internal.reflect",
            "jdk.internal.math",
            "jdk.internal.module",
            "jdk.internal.util.jar")
        .map(each -> "--add-opens=java.base/" + each + "=ALL-UNNAMED")
        .forEach(flags::add);
    flags.add("--add-opens=jdk.management/com.sun.management.internal=ALL-UNNAMED");
    return flags;
  }

  @Override
  Await.Condition readiness() {
    return () -> Sockets.accepts(address());
  }

  @Override
  Duration startBound() {
    return Duration.ofMinutes(3);
  }
}
