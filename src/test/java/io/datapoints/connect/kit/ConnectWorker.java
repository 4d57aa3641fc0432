package io.datapoints.connect.kit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A Kafka Connect worker with the built archive in its plugin path. */
public final class ConnectWorker extends Server {

  /**
   * The Java for workers: that of the tests, unless {@code -Ddatapoints.connect.java.home} is set.
   */
  private static final Path JAVA_HOME =
      Path.of(
          System.getProperty("datapoints.connect.java.home", System.getProperty("java.home", "")));

  private static final String BYTES = "org.apache.kafka.connect.converters.ByteArrayConverter";

  private final List<Path> classpath;
  private final WorkerSettings settings;
  private final String bootstrapServers;
  private final int restPort;
  private final int jmxPort;
  private final ConnectRest rest;

  /** A worker on free ports, with everything it has below the directory. */
  public ConnectWorker(
      Path directory,
      MavenClasspath maven,
      FreePorts ports,
      String bootstrapServers,
      WorkerSettings settings) {
    super(directory.getFileName().toString(), directory);
    this.classpath =
        maven.resolve(
            "org.apache.kafka:connect-runtime:" + settings.version(),
            "org.apache.kafka:connect-json:" + settings.version(),
            "org.apache.kafka:connect-transforms:" + settings.version(),
            "org.slf4j:slf4j-simple:1.7.36");
    this.settings = settings;
    this.bootstrapServers = bootstrapServers;
    this.restPort = ports.next();
    this.jmxPort = ports.next();
    this.rest = new ConnectRest("http://127.0.0.1:" + restPort);
  }

  /** Its REST interface. */
  public ConnectRest rest() {
    return rest;
  }

  /**
   * One attribute of one MBean.
   *
   * @param bean the name in full, as in {@code kafka.connect:type=connect-worker-metrics}
   * @throws IOException if the worker cannot be reached or has no such attribute
   */
  public Object attribute(String bean, String attribute) throws IOException {
    return Jmx.attribute(jmxPort, bean, attribute);
  }

  /** The names of the MBeans that match a pattern, as in {@code kafka.connect:type=plugins,*}. */
  public List<String> beans(String pattern) throws IOException {
    return Jmx.names(jmxPort, pattern);
  }

  /**
   * Attributes of all MBeans that match a pattern, by the beans' names; an MBean that has just gone
   * is left out.
   */
  public Map<String, Map<String, Object>> attributes(String pattern, String... attributes)
      throws IOException {
    return Jmx.attributes(jmxPort, pattern, attributes);
  }

  /** Takes the name of an MBean away from whoever wants to register one. */
  public void occupy(String bean) throws IOException {
    Jmx.occupy(jmxPort, bean);
  }

  /** Every attribute that every MBean has now, a line each with its value. */
  public String everyAttribute() throws IOException {
    return Jmx.dump(jmxPort);
  }

  /** The names of its threads. */
  public List<String> threads() throws IOException {
    return Jmx.threads(jmxPort);
  }

  /** How many connections it opened that do not lead to its broker. */
  long connections() throws IOException {
    int broker =
        Integer.parseInt(bootstrapServers.substring(bootstrapServers.lastIndexOf(':') + 1));
    Set<Integer> own = Set.of(restPort, jmxPort);
    return TcpConnection.of(process().pid()).stream()
        .filter(each -> each.remotePort() != 0 && each.remotePort() != broker)
        .filter(each -> !own.contains(each.localPort()))
        .count();
  }

  /** Collects garbage, and then tells what is left. */
  Retained collect() throws IOException {
    return Jmx.collect(jmxPort);
  }

  @Override
  JvmCommand command() {
    Path plugins = directory().resolve("plugins");
    Path archive = settings.archive();
    if (archive != null && Files.notExists(plugins)) {
      Directories.unzip(archive, Directories.make(plugins));
    }
    Directories.make(plugins);
    settings.plugins().forEach(jar -> Directories.copy(jar, plugins));
    Path properties = directory().resolve("worker.properties");
    Directories.write(
        properties,
        properties(plugins).entrySet().stream()
            .map(each -> each.getKey() + "=" + each.getValue())
            .collect(Collectors.joining("\n", "", "\n")));
    List<Path> connectors = settings.connectors();
    String mode = connectors.isEmpty() ? "Distributed" : "Standalone";
    return new JvmCommand(
            name(), "org.apache.kafka.connect.cli.Connect" + mode, classpath, directory())
        .withJavaHome(JAVA_HOME)
        .withFlags("-Xms" + settings.heap(), "-Xmx" + settings.heap(), "-XX:+UseSerialGC")
        .withFlags(Flags.ONE_COMPILER)
        .withFlags(Flags.jmx(jmxPort))
        .withFlags(settings.flags())
        .withFlags("-Dorg.slf4j.simpleLogger.showDateTime=true")
        .withFlags("-Dorg.slf4j.simpleLogger.dateTimeFormat=HH:mm:ss.SSS")
        .withArguments(properties.toString())
        .withArguments(connectors.stream().map(Path::toString).toArray(String[]::new));
  }

  private Map<String, String> properties(Path plugins) {
    Map<String, String> all = new TreeMap<>(settings.file().isEmpty() ? own() : settings.file());
    all.put("bootstrap.servers", bootstrapServers);
    all.put("listeners", rest.root());
    all.put("rest.advertised.host.name", "127.0.0.1");
    all.put("rest.advertised.port", Integer.toString(restPort));
    all.put("plugin.path", plugins.toAbsolutePath().toString());
    all.putAll(settings.properties());
    return all;
  }

  private Map<String, String> own() {
    Map<String, String> all = new TreeMap<>();
    all.put("group.id", settings.group());
    all.put("key.converter", BYTES);
    all.put("value.converter", BYTES);
    for (String storage : List.of("config", "offset", "status")) {
      all.put(storage + ".storage.topic", settings.group() + "-" + storage);
      all.put(storage + ".storage.replication.factor", "1");
    }
    all.put("offset.storage.partitions", "1");
    all.put("status.storage.partitions", "1");
    all.put("offset.flush.interval.ms", "1000");
    all.put("plugin.discovery", "service_load");
    // By default the tasks of a killed worker wait five minutes for its return.
    all.put("scheduled.rebalance.max.delay.ms", "0");
    return all;
  }

  @Override
  Await.Condition readiness() {
    return rest::isHealthy;
  }

  @Override
  Duration startBound() {
    return Duration.ofMinutes(2);
  }
}
