package io.datapoints.connect.config.cassandra;

import io.datapoints.connect.config.setting.RetryConfig;
import io.datapoints.connect.config.setting.Review;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.AbstractConfig;

/**
 * The settings that are passed to the Cassandra driver unchanged: the rest of a name after the
 * prefix is a path below datastax-java-driver. Values may be secrets, so messages never repeat one.
 */
public final class DriverOptions {

  static final String PREFIX = "cassandra.driver.";

  private static final Pattern PATH = Pattern.compile("(basic|advanced|profiles)(\\.[\\w-]+)+");

  /** Options for which the connector has a setting of its own. */
  private static final Map<String, String> OWNED =
      Map.of(
          "basic.contact-points", CassandraConfig.CONTACT_POINTS,
          "basic.load-balancing-policy.local-datacenter", CassandraConfig.LOCAL_DATACENTER,
          "basic.request.consistency", CassandraConfig.CONSISTENCY_LEVEL,
          "basic.request.timeout", CassandraConfig.REQUEST_TIMEOUT_MS,
          "advanced.connection.connect-timeout", CassandraConfig.CONNECT_TIMEOUT_MS,
          "advanced.connection.pool.local.size", CassandraPoolSettings.CONNECTIONS_PER_NODE,
          "advanced.connection.pool.remote.size", CassandraPoolSettings.CONNECTIONS_PER_NODE,
          "advanced.load-balancing-policy.dc-failover.max-nodes-per-remote-dc",
              CassandraPoolSettings.FAILOVER_REMOTE_NODES);

  /**
   * With this option, the driver never reports that a session failed to open: a task would wait
   * without a reason, and each validation during an outage would leak a session.
   */
  private static final String RECONNECT_ON_INIT = "advanced.reconnect-on-init";

  private DriverOptions() {}

  public static boolean covers(String key) {
    return key.startsWith(PREFIX);
  }

  static Map<String, String> from(AbstractConfig config) {
    Map<String, String> options = new TreeMap<>();
    config
        .originalsWithPrefix(PREFIX)
        .forEach((path, value) -> options.put(path, String.valueOf(value)));
    return Collections.unmodifiableMap(options);
  }

  public static void review(String key, Review review) {
    String path = key.substring(PREFIX.length());
    String owner = OWNED.get(path);
    if (owner != null) {
      review.error(key, key + " is not passed on: set " + owner + " instead");
    } else if (path.equals(RECONNECT_ON_INIT)) {
      review.error(
          key,
          key
              + " is not passed on: while no node is there, the connector itself connects again,"
              + " after the waits of "
              + RetryConfig.BACKOFF_MS);
    } else if (!PATH.matcher(path).matches()) {
      review.error(
          key,
          key + " names no option of the driver: these start with basic., advanced. or profiles.");
    }
  }
}
