package io.datapoints.connect.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The door as a process of its own: the libraries of the archive, and Kafka's clients. */
public final class DoorServer extends Server {

  private final Path archive;
  private final List<Path> kafka;
  private final List<String> flags;
  private final Map<String, String> properties;
  private final Http http;

  /**
   * A small door with everything it has below the directory.
   *
   * @param port on which it listens, as the properties say
   */
  public DoorServer(
      Path directory,
      MavenClasspath maven,
      Path archive,
      int port,
      Map<String, String> properties) {
    this(directory, maven, archive, port, DoorProperties.SMALL, properties);
  }

  /**
   * A door with everything it has below the directory.
   *
   * @param port on which it listens, as the properties say
   * @param flags of its virtual machine
   */
  public DoorServer(
      Path directory,
      MavenClasspath maven,
      Path archive,
      int port,
      List<String> flags,
      Map<String, String> properties) {
    super(directory.getFileName().toString(), directory);
    this.archive = archive;
    this.kafka =
        maven.resolve(
            "org.apache.kafka:kafka-clients:" + KafkaBroker.VERSION,
            "org.slf4j:slf4j-simple:1.7.36");
    this.flags = List.copyOf(flags);
    this.properties = Map.copyOf(properties);
    this.http = new Http("http://127.0.0.1:" + port);
  }

  /** {@code http://host:port}. */
  public String root() {
    return http.root();
  }

  /** Returns once it has seen its topic, so that it takes what it is sent. */
  void awaitOpen() {
    Await.until(
        name() + " to be ready",
        startBound(),
        () -> http.send("GET", "/health/ready", null).isSuccess());
  }

  @Override
  JvmCommand command() {
    Path plugins = directory().resolve("plugins");
    if (Files.notExists(plugins)) {
      Directories.unzip(archive, Directories.make(plugins));
    }
    List<Path> classpath = new ArrayList<>(jars(plugins));
    classpath.addAll(kafka);
    Path file =
        Directories.write(
            directory().resolve("door.properties"),
            new TreeMap<>(properties)
                .entrySet().stream()
                    .map(each -> each.getKey() + "=" + each.getValue())
                    .collect(Collectors.joining("\n", "", "\n")));
    return new JvmCommand(name(), "io.datapoints.connect.door.DoorProcess", classpath, directory())
        .withFlags(flags)
        .withArguments(file.toString());
  }

  private static List<Path> jars(Path plugins) {
    try (Stream<Path> files = Files.walk(plugins)) {
      return files.filter(each -> each.toString().endsWith(".jar")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  Await.Condition readiness() {
    return () -> http.send("GET", "/api/v1/version", null).isSuccess();
  }

  @Override
  Duration startBound() {
    return Duration.ofMinutes(2);
  }
}
