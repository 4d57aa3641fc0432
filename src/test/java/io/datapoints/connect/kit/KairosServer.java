package io.datapoints.connect.kit;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A KairosDB 1.3 on a Cassandra keyspace: the reader of what the connector wrote, and the reference
 * for how a point is written.
 */
public final class KairosServer extends Server {

  /** The newest release. */
  public static final String VERSION = "1.3.0-1";

  /**
   * What it is for.
   *
   * @param flags flags of the virtual machine
   * @param settings below {@code kairosdb}; what they leave out has KairosDB's own values
   */
  public record Profile(List<String> flags, String settings) {

    private static final List<String> IN_PRODUCTION =
        List.of("-Xms1g", "-Xmx1g", "-XX:+UseParallelGC", "-Djava.net.preferIPv4Stack=true");

    private static final String QUICK_QUEUE =
        """
        queue_processor: {
          class: "org.kairosdb.core.queue.MemoryQueueProcessor"
          min_batch_size: 1
          min_batch_wait: 50
        }
        """;

    /** Small, quick to start, and quick to show what it was given. */
    public static final Profile TEST = new Profile(small(), QUICK_QUEUE);

    /** The same, refusing everything but points. */
    public static final Profile INGEST =
        new Profile(small(), QUICK_QUEUE + "server.type: \"INGEST\"\n");

    /** For figures: what was answered is in memory alone until Cassandra has it. */
    public static final Profile MEMORY_QUEUE =
        new Profile(
            IN_PRODUCTION,
            "queue_processor.class: \"org.kairosdb.core.queue.MemoryQueueProcessor\"\n");

    /** For figures, and as KairosDB is shipped: what was answered is in a file as well. */
    public static final Profile FILE_QUEUE =
        new Profile(
            IN_PRODUCTION,
            "queue_processor.class: \"org.kairosdb.core.queue.FileQueueProcessor\"\n");

    /** Takes a copy. */
    public Profile {
      flags = List.copyOf(flags);
    }

    private static List<String> small() {
      List<String> flags = new ArrayList<>(List.of("-Xms64m", "-Xmx384m"));
      flags.addAll(Flags.SMALL);
      return flags;
    }
  }

  private final List<Path> classpath;
  private final Profile profile;
  private final String contactPoint;
  private final String keyspace;
  private final List<String> indexedMetrics;
  private final Http http;
  private final int httpPort;
  private final int telnetPort;

  /** For tests; otherwise as the other constructor. */
  public KairosServer(
      Path directory,
      MavenClasspath maven,
      FreePorts ports,
      String contactPoint,
      String keyspace,
      List<String> indexedMetrics) {
    this(directory, maven, ports, Profile.TEST, contactPoint, keyspace, indexedMetrics);
  }

  /**
   * A KairosDB on free ports, with everything it has below the directory.
   *
   * @param indexedMetrics its tag_indexed_row_key_lookup_metrics: metrics, or {@code *} for each,
   *     whose tags it indexes, and which it then finds by tag through that index alone
   */
  public KairosServer(
      Path directory,
      MavenClasspath maven,
      FreePorts ports,
      Profile profile,
      String contactPoint,
      String keyspace,
      List<String> indexedMetrics) {
    super(directory.getFileName().toString(), directory);
    this.classpath =
        maven.resolve(
            "org.kairosdb:kairosdb:" + VERSION,
            // What its own pom forgets: the distribution has them.
            "com.sun.jersey.contribs:jersey-guice:1.19.4",
            "com.sun.xml.bind:jaxb-core:2.3.0",
            "javax.activation:activation:1.1.1");
    this.profile = profile;
    this.contactPoint = contactPoint;
    this.keyspace = keyspace;
    this.indexedMetrics = List.copyOf(indexedMetrics);
    this.httpPort = ports.next();
    this.telnetPort = ports.next();
    this.http = new Http("http://127.0.0.1:" + httpPort);
  }

  /** {@code http://host:port}. */
  public String root() {
    return http.root();
  }

  /** {@code POST /api/v1/datapoints}: the status, 204 when taken. */
  public int push(String json) throws IOException {
    return http.send("POST", "/api/v1/datapoints", json).status();
  }

  /** {@code POST /api/v1/datapoints/query}. */
  public JsonNode query(String json) throws IOException {
    return http.parse(http.send("POST", "/api/v1/datapoints/query", json).orFail());
  }

  /** {@code POST /api/v1/datapoints/query/tags}. */
  public JsonNode queryTags(String json) throws IOException {
    return http.parse(http.send("POST", "/api/v1/datapoints/query/tags", json).orFail());
  }

  /**
   * The names of all metrics but KairosDB's own, with which it counts each query in the same
   * keyspace even when its reporter is off.
   */
  public List<String> metricNames() throws IOException {
    List<String> names = new ArrayList<>();
    http.parse(http.send("GET", "/api/v1/metricnames", null).orFail())
        .path("results")
        .forEach(name -> names.add(name.asText()));
    names.removeIf(name -> name.startsWith("kairosdb."));
    return names;
  }

  /** {@code POST /api/v1/datapoints/delete}: removes what the query matches. */
  public int delete(String query) throws IOException {
    return http.send("POST", "/api/v1/datapoints/delete", query).orFail().status();
  }

  /** {@code DELETE /api/v1/metric/<name>}: removes a metric with all its points. */
  public int deleteMetric(String name) throws IOException {
    String encoded = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    return http.send("DELETE", "/api/v1/metric/" + encoded, null).orFail().status();
  }

  @Override
  JvmCommand command() {
    Path root = directory().toAbsolutePath();
    Path webRoot = Directories.make(root.resolve("webroot"));
    Directories.make(root.resolve("cache"));
    // Whatever lies beside the file is loaded as a plugin, so it has a directory of its own.
    Path conf = Directories.make(root.resolve("conf")).resolve("kairosdb.conf");
    Directories.write(
        conf,
        """
        kairosdb: {
          service.telnet: "org.kairosdb.core.telnet.TelnetServerModule"
          telnetserver: { address: "127.0.0.1", port: %d }
          jetty: { address: "127.0.0.1", port: %d, static_web_root: "%s" }
          service.datastore: "org.kairosdb.datastore.cassandra.CassandraModule"
          service.reporter: "<disabled>"
          datastore.cassandra.write_cluster: {
            keyspace: "%s"
            cql_host_list: ["%s"]
            read_consistency_level: "ONE"
            write_consistency_level: "ONE"
            tag_indexed_row_key_lookup_metrics: [%s]
          }
          query_cache.cache_dir: "%s"
          queue_processor.queue_path: "%s"
          %s
        }
        """
            .formatted(
                telnetPort,
                httpPort,
                webRoot,
                keyspace,
                contactPoint,
                indexedMetrics.stream().map(each -> '"' + each + '"').collect(joining(", ")),
                root.resolve("cache"),
                Directories.make(root.resolve("data").resolve("queue")),
                profile.settings()));
    return new JvmCommand(name(), "org.kairosdb.core.Main", classpath, directory())
        .withFlags(profile.flags())
        .withFlags(
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "-Dlogback.configurationFile=" + Logback.write(directory(), "INFO"))
        .withArguments("-c", "run", "-p", conf.toString());
  }

  @Override
  Await.Condition readiness() {
    return () -> http.send("GET", "/api/v1/health/check", null).isSuccess();
  }

  @Override
  Duration startBound() {
    return Duration.ofMinutes(3);
  }
}
