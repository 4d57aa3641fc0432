package io.datapoints.connect.config.cassandra;

import static org.apache.kafka.common.config.ConfigDef.Range.between;

import io.datapoints.connect.config.setting.SettingGroup;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;

/** Defines and reads the settings of {@link CassandraConfig.Pool}. */
final class CassandraPoolSettings {

  static final String CONNECTIONS_PER_NODE = "cassandra.connections.per.node";
  static final String FAILOVER_REMOTE_NODES = "cassandra.failover.remote.nodes";

  private static final int MAX_CONNECTIONS = 128;
  private static final int MAX_REMOTE_NODES = 1_000;

  private CassandraPoolSettings() {}

  static void define(SettingGroup group) {
    group
        .add(
            CONNECTIONS_PER_NODE,
            ConfigDef.Type.INT,
            1,
            between(1, MAX_CONNECTIONS),
            Importance.LOW,
            "Connections per node",
            "Connections that each task opens to every node it uses. One carries all batches that a"
                + " task has under way; more help only where the network limits a single connection.")
        .add(
            FAILOVER_REMOTE_NODES,
            ConfigDef.Type.INT,
            0,
            between(0, MAX_REMOTE_NODES),
            Importance.MEDIUM,
            "Fail-over nodes",
            "Nodes of each other data centre that are written to while no node of the local one"
                + " answers; 0 waits for the local one instead. LOCAL_QUORUM and LOCAL_ONE then count"
                + " the replicas of the data centre that takes over, so the keyspace needs replicas"
                + " there; the local one gets the rows through hints and repair.");
  }

  static CassandraConfig.Pool from(AbstractConfig config) {
    return new CassandraConfig.Pool(
        config.getInt(CONNECTIONS_PER_NODE), config.getInt(FAILOVER_REMOTE_NODES));
  }
}
