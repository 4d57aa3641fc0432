package io.datapoints.connect.store.cassandra;

import com.datastax.dse.driver.api.core.config.DseDriverOption;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.config.DriverOption;
import com.datastax.oss.driver.api.core.config.ProgrammaticDriverConfigLoaderBuilder;
import io.datapoints.connect.config.cassandra.CassandraConfig;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * The driver's configuration for a task: what the connector's settings say, what a sink that lives
 * through outages needs, and the operator's own driver options on top.
 */
final class DriverConfiguration {

  /**
   * The driver refuses requests above its limit on its own account, which looks like an outage. The
   * engine bounds batches in flight; a batch can bring one index row for each tag.
   */
  private static final int MAX_REQUESTS_PER_CONNECTION = 8192;

  private static final Duration RECONNECT_BASE = Duration.ofMillis(500);
  private static final Duration RECONNECT_MAX = Duration.ofSeconds(10);

  /**
   * A node that is frozen is not noticed before its connection is, which takes half a minute. So
   * the next node is asked too before a request that it coordinates times out: an upsert does no
   * harm twice. Late enough for a cluster that is merely slow not to be given more to do.
   */
  private static final int NODES_ASKED = 2;

  private static final int ASKS_PER_TIMEOUT = 3;

  private DriverConfiguration() {}

  /**
   * The configuration, read with this class's loader: the context class loader of a worker thread
   * need not be the plugin's.
   *
   * @param sessionName prefix of the driver's log lines and threads
   * @param keyspaces those whose replicas the driver knows; empty for all
   */
  static DriverConfigLoader of(CassandraConfig config, String sessionName, List<String> keyspaces) {
    ProgrammaticDriverConfigLoaderBuilder builder =
        DriverConfigLoader.programmaticBuilder(DriverConfiguration.class.getClassLoader());
    builder
        .withString(DefaultDriverOption.SESSION_NAME, sessionName)
        // Nothing in here changes while the task runs.
        .withDuration(DefaultDriverOption.CONFIG_RELOAD_INTERVAL, Duration.ZERO);
    requests(builder, config);
    secondNode(builder, config.requestTimeout());
    connections(builder, config);
    builder.withStringList(DefaultDriverOption.METADATA_SCHEMA_REFRESHED_KEYSPACES, keyspaces);
    nodes(builder, config.pool());
    threadsAndLogs(builder);
    config.driverOptions().forEach((path, value) -> passThrough(builder, path, value));
    return builder.build();
  }

  private static void requests(
      ProgrammaticDriverConfigLoaderBuilder builder, CassandraConfig config) {
    builder
        .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, config.requestTimeout())
        .withString(DefaultDriverOption.REQUEST_CONSISTENCY, config.consistencyLevel())
        // Every statement is an upsert with a timestamp of its own.
        .withBoolean(DefaultDriverOption.REQUEST_DEFAULT_IDEMPOTENCE, true)
        // The statements carry their timestamps, so the driver need not make any.
        .withString(DefaultDriverOption.TIMESTAMP_GENERATOR_CLASS, "ServerSideTimestampGenerator")
        .withString(DefaultDriverOption.LOAD_BALANCING_LOCAL_DATACENTER, config.localDatacenter());
  }

  private static void secondNode(
      ProgrammaticDriverConfigLoaderBuilder builder, Duration requestTimeout) {
    builder
        .withString(
            DefaultDriverOption.SPECULATIVE_EXECUTION_POLICY_CLASS,
            "ConstantSpeculativeExecutionPolicy")
        .withInt(DefaultDriverOption.SPECULATIVE_EXECUTION_MAX, NODES_ASKED)
        .withDuration(
            DefaultDriverOption.SPECULATIVE_EXECUTION_DELAY,
            requestTimeout.dividedBy(ASKS_PER_TIMEOUT));
  }

  private static void connections(
      ProgrammaticDriverConfigLoaderBuilder builder, CassandraConfig config) {
    Duration connect = config.connectTimeout();
    builder
        .withDuration(DefaultDriverOption.CONNECTION_CONNECT_TIMEOUT, connect)
        .withDuration(DefaultDriverOption.CONNECTION_INIT_QUERY_TIMEOUT, connect)
        .withDuration(DefaultDriverOption.CONTROL_CONNECTION_TIMEOUT, connect)
        .withDuration(DefaultDriverOption.METADATA_SCHEMA_REQUEST_TIMEOUT, config.requestTimeout())
        .withInt(DefaultDriverOption.CONNECTION_MAX_REQUESTS, MAX_REQUESTS_PER_CONNECTION)
        .withString(DefaultDriverOption.RECONNECTION_POLICY_CLASS, "ExponentialReconnectionPolicy")
        .withDuration(DefaultDriverOption.RECONNECTION_BASE_DELAY, RECONNECT_BASE)
        .withDuration(DefaultDriverOption.RECONNECTION_MAX_DELAY, RECONNECT_MAX)
        // The engine calls open() again, with its own back-off.
        .withBoolean(DefaultDriverOption.RECONNECT_ON_INIT, false);
  }

  /** The driver's default policy sends a batch to a replica of its partition, as far as it can. */
  private static void nodes(
      ProgrammaticDriverConfigLoaderBuilder builder, CassandraConfig.Pool pool) {
    builder
        .withInt(DefaultDriverOption.CONNECTION_POOL_LOCAL_SIZE, pool.connectionsPerNode())
        .withInt(DefaultDriverOption.CONNECTION_POOL_REMOTE_SIZE, pool.connectionsPerNode())
        .withInt(
            DefaultDriverOption.LOAD_BALANCING_DC_FAILOVER_MAX_NODES_PER_REMOTE_DC,
            pool.failoverRemoteNodes())
        // Without it, the local levels, of which the default is one, would never fail over.
        .withBoolean(
            DefaultDriverOption.LOAD_BALANCING_DC_FAILOVER_ALLOW_FOR_LOCAL_CONSISTENCY_LEVELS,
            pool.failoverRemoteNodes() > 0);
  }

  private static void threadsAndLogs(ProgrammaticDriverConfigLoaderBuilder builder) {
    builder
        // One session a task: the driver's default of two threads a core would be a crowd.
        .withInt(DefaultDriverOption.NETTY_IO_SIZE, 2)
        .withInt(DefaultDriverOption.NETTY_ADMIN_SIZE, 1)
        .withBoolean(DefaultDriverOption.NETTY_DAEMON, true)
        // A worker may run any number of tasks; the driver would take that for a leak.
        .withInt(DefaultDriverOption.SESSION_LEAK_THRESHOLD, 0)
        .withBoolean(DseDriverOption.MONITOR_REPORTING_ENABLED, false)
        // An outage is told once by the engine, not with every attempt of the driver.
        .withBoolean(DefaultDriverOption.CONNECTION_WARN_INIT_ERROR, false)
        // The driver would log the statement with the values bound to it.
        .withBoolean(DefaultDriverOption.REQUEST_LOG_WARNINGS, false);
  }

  /** A value in brackets is a list; the driver reads numbers and durations from their texts. */
  private static void passThrough(
      ProgrammaticDriverConfigLoaderBuilder builder, String path, String value) {
    DriverOption option = () -> path;
    String text = value.strip();
    if (text.startsWith("[") && text.endsWith("]")) {
      String inner = text.substring(1, text.length() - 1).strip();
      List<String> items =
          inner.isEmpty() ? List.of() : Arrays.stream(inner.split(",")).map(String::strip).toList();
      builder.withStringList(option, items);
    } else {
      builder.withString(option, text);
    }
  }
}
