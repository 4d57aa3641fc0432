package io.datapoints.connect.config.door;

import static org.apache.kafka.common.config.ConfigDef.Range.between;

import io.datapoints.connect.config.setting.SettingGroup;
import io.datapoints.connect.config.setting.Validators;
import java.net.InetSocketAddress;
import java.util.List;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;

/**
 * Where KairosDB's telnet commands are taken.
 *
 * @param addresses none by default; unresolved, so that a worker starts where a name is not known
 * @param maxConnections at the same time, each with a thread and a batch of lines
 */
public record TelnetConfig(List<InetSocketAddress> addresses, int maxConnections) {

  public static final String LISTENERS = "datapoints.telnet.listeners";
  public static final String MAX_CONNECTIONS = "datapoints.telnet.max.connections";

  private static final int MAX_PORT = 65_535;

  /** Takes a copy. */
  public TelnetConfig {
    addresses = List.copyOf(addresses);
  }

  static void define(ConfigDef definition) {
    new SettingGroup(definition, "Telnet")
        .add(
            LISTENERS,
            ConfigDef.Type.LIST,
            List.of(),
            Validators.each("an address as host:port", TelnetConfig::address),
            Importance.LOW,
            "Telnet listeners",
            "Addresses (`host:port`, KairosDB's port is 4242) that take KairosDB's `put`, `putm`"
                + " and `puts`; none by default. The protocol has no acknowledgement, no"
                + " encryption and no authentication.")
        .add(
            MAX_CONNECTIONS,
            ConfigDef.Type.INT,
            100,
            between(1, 10_000),
            Importance.LOW,
            "Telnet connections",
            "Telnet connections at the same time; one more is closed at once.");
  }

  static TelnetConfig from(AbstractConfig config) {
    return new TelnetConfig(
        config.getList(LISTENERS).stream().map(TelnetConfig::address).toList(),
        config.getInt(MAX_CONNECTIONS));
  }

  private static InetSocketAddress address(String text) {
    int colon = text.lastIndexOf(':');
    try {
      int port = Integer.parseInt(text.substring(colon + 1));
      if (colon < 1 || port < 0 || port > MAX_PORT) {
        throw new IllegalArgumentException("must be host:port");
      }
      return InetSocketAddress.createUnresolved(text.substring(0, colon), port);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("must be host:port");
    }
  }
}
