package io.datapoints.connect.kit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How a door that runs without a worker is to be. Each method answers a changed copy.
 *
 * @param topic where it puts what it takes; it exists
 * @param flags flags of its virtual machine
 * @param properties properties that win over the kit's own
 */
public record DoorProperties(String topic, List<String> flags, Map<String, String> properties) {

  /** Flags for a small door that is quick to start. */
  static final List<String> SMALL = small();

  private static final String PREFIX = "datapoints.http.";

  /** Takes copies. */
  public DoorProperties {
    flags = List.copyOf(flags);
    properties = Map.copyOf(properties);
  }

  /** Small, and quick to start. */
  public static DoorProperties into(String topic) {
    return new DoorProperties(topic, SMALL, Map.of());
  }

  private static List<String> small() {
    List<String> flags = new ArrayList<>(List.of("-Xms64m", "-Xmx128m"));
    flags.addAll(Flags.SMALL);
    return List.copyOf(flags);
  }

  /** With both compilers and a parallel collector, for figures. */
  public DoorProperties asInProduction() {
    List<String> other =
        List.of("-Xms1g", "-Xmx1g", "-XX:+UseParallelGC", "-Djava.net.preferIPv4Stack=true");
    return new DoorProperties(topic, other, properties);
  }

  /** With one more setting of the door, such as {@code cors.origins}. */
  public DoorProperties with(String setting, String value) {
    Map<String, String> more = new TreeMap<>(properties);
    more.put(PREFIX + setting, value);
    return new DoorProperties(topic, flags, more);
  }

  /** The file that it starts with. */
  Map<String, String> file(String bootstrapServers, int port) {
    Map<String, String> all = new TreeMap<>();
    all.put("bootstrap.servers", bootstrapServers);
    all.put(PREFIX + "listeners", "http://127.0.0.1:" + port);
    all.put(PREFIX + "topic", topic);
    all.putAll(properties);
    return all;
  }
}
