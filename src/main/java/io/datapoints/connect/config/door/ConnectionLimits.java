package io.datapoints.connect.config.door;

import static org.apache.kafka.common.config.ConfigDef.Range.atLeast;
import static org.apache.kafka.common.config.ConfigDef.Range.between;

import io.datapoints.connect.config.setting.SettingGroup;
import java.time.Duration;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;

/**
 * What clients may take of the door, before anything is known of what they send.
 *
 * @param total connections open at a time
 * @param perAddress connections open at a time from one address; of IPv6, from one /64 network
 * @param acceptsPerSecond new connections a second; 0 for no limit
 * @param headerBytes the most bytes of a request line and its headers
 * @param headerTimeout for a TLS handshake, and for the headers of a request
 * @param bodyTimeout for a whole body
 * @param minBytesPerSecond of a body that is under way, over some seconds; 0 for no limit
 * @param idleTimeout after which a connection that is not used is closed
 */
public record ConnectionLimits(
    int total,
    int perAddress,
    int acceptsPerSecond,
    int headerBytes,
    Duration headerTimeout,
    Duration bodyTimeout,
    int minBytesPerSecond,
    Duration idleTimeout) {

  static final String MAX_CONNECTIONS = "datapoints.http.max.connections";
  static final String MAX_PER_ADDRESS = "datapoints.http.max.connections.per.address";
  static final String MAX_ACCEPTS = "datapoints.http.max.accepts.per.s";
  static final String MAX_HEADER_BYTES = "datapoints.http.max.header.bytes";
  static final String HEADER_TIMEOUT_MS = "datapoints.http.header.timeout.ms";
  static final String BODY_TIMEOUT_MS = "datapoints.http.body.timeout.ms";
  static final String MIN_BYTES = "datapoints.http.min.body.bytes.per.s";
  static final String IDLE_TIMEOUT_MS = "datapoints.http.idle.timeout.ms";

  static void define(ConfigDef definition) {
    SettingGroup group = new SettingGroup(definition, "HTTP limits");
    defineNumbers(group);
    defineTimes(group);
  }

  private static void defineNumbers(SettingGroup group) {
    group
        .add(
            MAX_CONNECTIONS,
            ConfigDef.Type.INT,
            2000,
            between(1, 100_000),
            Importance.MEDIUM,
            "Connections",
            "Connections open at a time. Further ones wait in the system's queue until one closes.")
        .add(
            MAX_PER_ADDRESS,
            ConfigDef.Type.INT,
            1000,
            atLeast(1),
            Importance.MEDIUM,
            "Connections of an address",
            "Connections open at a time from one address, or from one /64 network of IPv6. Further"
                + " ones are closed at once. All clients behind a proxy have one address.")
        .add(
            MAX_ACCEPTS,
            ConfigDef.Type.INT,
            500,
            atLeast(0),
            Importance.LOW,
            "New connections per second",
            "New connections a second; further ones wait in the system's queue. 0 for no limit.")
        .add(
            MAX_HEADER_BYTES,
            ConfigDef.Type.INT,
            8192,
            between(1024, 65_536),
            Importance.LOW,
            "Bytes of headers",
            "Bytes of a request's first line and headers at most; more is answered 431.")
        .add(
            MIN_BYTES,
            ConfigDef.Type.INT,
            1000,
            atLeast(0),
            Importance.LOW,
            "Bytes of a body per second",
            "Bytes a second that a body must arrive with, over ten seconds; a slower one is answered"
                + " 408. 0 for no limit.");
  }

  private static void defineTimes(SettingGroup group) {
    group
        .add(
            HEADER_TIMEOUT_MS,
            ConfigDef.Type.LONG,
            10_000L,
            between(100, 600_000),
            Importance.LOW,
            "Header timeout (ms)",
            "Milliseconds that a TLS handshake may take, and that the headers of a request may take"
                + " from their first byte on; then the connection is closed.")
        .add(
            BODY_TIMEOUT_MS,
            ConfigDef.Type.LONG,
            60_000L,
            between(100, 3_600_000),
            Importance.LOW,
            "Body timeout (ms)",
            "Milliseconds within which a whole body must have arrived; a later one is answered 408.")
        .add(
            IDLE_TIMEOUT_MS,
            ConfigDef.Type.LONG,
            120_000L,
            between(100, 3_600_000),
            Importance.LOW,
            "Idle timeout (ms)",
            "Milliseconds after which a connection is closed on which nothing comes and nothing is"
                + " waited for. Let a proxy in front close its own earlier.");
  }

  static ConnectionLimits from(AbstractConfig config) {
    return new ConnectionLimits(
        config.getInt(MAX_CONNECTIONS),
        config.getInt(MAX_PER_ADDRESS),
        config.getInt(MAX_ACCEPTS),
        config.getInt(MAX_HEADER_BYTES),
        Duration.ofMillis(config.getLong(HEADER_TIMEOUT_MS)),
        Duration.ofMillis(config.getLong(BODY_TIMEOUT_MS)),
        config.getInt(MIN_BYTES),
        Duration.ofMillis(config.getLong(IDLE_TIMEOUT_MS)));
  }
}
