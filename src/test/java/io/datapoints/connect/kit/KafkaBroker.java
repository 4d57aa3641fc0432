package io.datapoints.connect.kit;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/**
 * One Kafka node that is broker and controller at once (KRaft), without encryption; or another
 * broker of its cluster.
 */
public final class KafkaBroker extends Server implements Kafka {

  /** The version that the connector is built against. */
  public static final String VERSION = "4.3.1";

  private final List<Path> classpath;
  private final int node;
  private final String cluster;
  private final int clientPort;
  private final int controllerPort;
  private @Nullable Topics topics;

  /** A broker on two free ports, with everything it has below the directory. */
  public KafkaBroker(Path directory, MavenClasspath maven, FreePorts ports) {
    super(directory.getFileName().toString(), directory);
    this.classpath =
        maven.resolve("org.apache.kafka:kafka_2.13:" + VERSION, "org.slf4j:slf4j-simple:1.7.36");
    this.node = 1;
    this.cluster = Uuid.randomUuid().toString();
    this.clientPort = ports.next();
    this.controllerPort = ports.next();
  }

  /** A second node, which is a broker alone and finds its controller in the first. */
  KafkaBroker(Path directory, FreePorts ports, KafkaBroker first) {
    super(directory.getFileName().toString(), directory);
    this.classpath = first.classpath;
    this.node = first.node + 1;
    this.cluster = first.cluster;
    this.clientPort = ports.next();
    this.controllerPort = first.controllerPort;
  }

  private boolean controls() {
    return node == 1;
  }

  @Override
  public String bootstrapServers() {
    return "127.0.0.1:" + clientPort;
  }

  @Override
  public Topics topics() {
    if (topics == null) {
      topics = new Topics(bootstrapServers());
    }
    return topics;
  }

  @Override
  JvmCommand command() {
    Path properties = directory().resolve("server.properties");
    if (Files.notExists(properties)) {
      Directories.write(properties, properties());
      format(properties);
    }
    return java("kafka.Kafka")
        .withFlags("-Xms128m", "-Xmx384m")
        .withArguments(properties.toString());
  }

  private void format(Path properties) {
    JvmCommand format =
        new JvmCommand(name() + "-format", "kafka.tools.StorageTool", classpath, directory())
            .withFlags(Flags.SMALL)
            .withArguments("format", "-t", cluster, "-c", properties.toString())
            .withArguments(controls() ? new String[] {"--standalone"} : new String[0]);
    try (JvmProcess tool = JvmProcess.start(format)) {
      if (tool.awaitExit(startBound()) != 0) {
        throw new IllegalStateException("cannot format " + name() + tool.lastLogLines());
      }
    }
  }

  private JvmCommand java(String mainClass) {
    return new JvmCommand(name(), mainClass, classpath, directory()).withFlags(Flags.SMALL);
  }

  private String properties() {
    String controller = "127.0.0.1:" + controllerPort;
    Map<String, Object> properties = new TreeMap<>();
    properties.put("process.roles", controls() ? "broker,controller" : "broker");
    properties.put("node.id", node);
    properties.put("controller.quorum.bootstrap.servers", controller);
    String listeners =
        "PLAINTEXT://" + bootstrapServers() + (controls() ? ",CONTROLLER://" + controller : "");
    properties.put("listeners", listeners);
    properties.put("advertised.listeners", listeners);
    properties.put("controller.listener.names", "CONTROLLER");
    properties.put("inter.broker.listener.name", "PLAINTEXT");
    properties.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    properties.put("log.dirs", directory().resolve("data"));
    for (String topic : List.of("offsets.topic", "transaction.state.log")) {
      properties.put(topic + ".replication.factor", 1);
      properties.put(topic + ".num.partitions", 1);
    }
    properties.put("transaction.state.log.min.isr", 1);
    properties.put("share.coordinator.state.topic.replication.factor", 1);
    properties.put("share.coordinator.state.topic.min.isr", 1);
    properties.put("share.coordinator.state.topic.num.partitions", 1);
    // A group's first member would otherwise wait three seconds for others.
    properties.put("group.initial.rebalance.delay.ms", 0);
    properties.put("auto.create.topics.enable", false);
    // The cleaner's default of 128 MiB is a third of this heap.
    properties.put("log.cleaner.dedupe.buffer.size", 2 * 1024 * 1024);
    return properties.entrySet().stream()
        .map(each -> each.getKey() + "=" + each.getValue())
        .collect(Collectors.joining("\n", "", "\n"));
  }

  @Override
  Await.Condition readiness() {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), clientPort);
    return () -> {
      if (!Sockets.accepts(address)) {
        return false;
      }
      try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers()))) {
        return !admin.describeCluster().nodes().get().isEmpty();
      } catch (ExecutionException e) {
        return false;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    };
  }

  @Override
  Duration startBound() {
    return Duration.ofMinutes(2);
  }

  @Override
  public void close() {
    if (topics != null) {
      topics.close();
    }
    super.close();
  }
}
