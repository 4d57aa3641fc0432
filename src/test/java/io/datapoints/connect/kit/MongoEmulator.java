package io.datapoints.connect.kit;

import de.bwaldvogel.mongo.MongoServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * MongoDB's protocol over memory, in a process of its own. It knows neither replica sets nor
 * validators nor time-series collections, and whoever kills it finds it empty afterwards.
 */
public final class MongoEmulator extends Server implements Mongo {

  /** Small and quick to start. */
  static final List<String> TEST =
      Stream.concat(Stream.of("-Xms64m", "-Xmx1g"), Flags.SMALL.stream()).toList();

  /** With both compilers and room for what a benchmark stores. */
  static final List<String> BENCHMARK =
      List.of("-Xms4g", "-Xmx4g", "-XX:+UseParallelGC", "-Djava.net.preferIPv4Stack=true");

  private final List<Path> classpath;
  private final List<String> flags;
  private final int port;

  /**
   * An emulator on a free port, with its log below the directory.
   *
   * @param flags of its virtual machine
   */
  MongoEmulator(Path directory, MavenClasspath maven, FreePorts ports, List<String> flags) {
    super(directory.getFileName().toString(), directory);
    this.flags = flags;
    this.classpath = new ArrayList<>(List.of(MavenClasspath.origin(MongoEmulatorProgram.class)));
    this.classpath.addAll(
        maven.resolve(
            "de.bwaldvogel:mongo-java-server:" + version(), "org.slf4j:slf4j-simple:1.7.36"));
    this.port = ports.next();
  }

  /** The version that the pom names. */
  static String version() {
    return MavenClasspath.version(MongoServer.class, "mongo-java-server-core");
  }

  @Override
  public String uri() {
    return Mongo.direct("127.0.0.1:" + port);
  }

  @Override
  public InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  @Override
  public String uriThrough(TcpProxy proxy) {
    return Mongo.direct(proxy.contactPoint());
  }

  @Override
  public boolean emulated() {
    return true;
  }

  @Override
  JvmCommand command() {
    return new JvmCommand(name(), MongoEmulatorProgram.class.getName(), classpath, directory())
        .withFlags(flags)
        .withFlags("-Dorg.slf4j.simpleLogger.defaultLogLevel=warn")
        .withArguments(Integer.toString(port));
  }

  @Override
  Await.Condition readiness() {
    return () -> Sockets.accepts(address());
  }

  @Override
  Duration startBound() {
    return Duration.ofMinutes(1);
  }
}
