package io.datapoints.connect.store;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import io.datapoints.connect.kit.Servers;
import io.datapoints.connect.kit.TcpProxy;
import io.datapoints.connect.pipeline.CassandraFlows;
import io.datapoints.connect.pipeline.Contents;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;

/** The table layout in Cassandra, with flows for records where any will do. */
class CassandraTableContractIT extends TableContractTest {

  private static final String KEYSPACE = "contract_table";

  @AutoClose private final CqlSession session;
  private final CassandraStores stores;

  CassandraTableContractIT(Servers servers) {
    super(servers, servers.cassandra().address());
    this.session = servers.cassandra().session();
    this.stores = new CassandraStores(servers.cassandra(), KEYSPACE);
  }

  @Override
  Stores stores() {
    return stores;
  }

  @Override
  Store store(TcpProxy proxy) {
    String prefix = prefix("topic", "metrics");
    return new FlowsAsRecords(
        stores.store(
            proxy,
            Map.of(
                "layout",
                "table",
                prefix + "mapping",
                FlowsAsRecords.MAPPING,
                prefix + "columns",
                "source_ip text, dest_ip text, protocol text, timestamp timestamp,"
                    + " source_port int, dest_port int, value double",
                prefix + "primaryKey",
                "(source_ip, dest_ip, protocol), timestamp DESC, source_port, dest_port")));
  }

  @Override
  Contents contents() {
    return new CassandraFlows(session, KEYSPACE);
  }

  @Override
  String prefix(String topic, String table) {
    return "topic." + topic + "." + KEYSPACE + "." + table + ".";
  }

  @Override
  Map<String, String> target(String prefix) {
    return Map.of(prefix + "columns", "id text, a int, b int", prefix + "primaryKey", "id");
  }

  @Override
  Map<String, Map<String, Long>> rows(String table) {
    Map<String, Map<String, Long>> rows = new HashMap<>();
    for (Row row : session.execute("SELECT * FROM " + KEYSPACE + "." + table)) {
      Map<String, Long> numbers = new HashMap<>();
      for (String column : List.of("a", "b")) {
        if (!row.isNull(column)) {
          numbers.put(column, (long) row.getInt(column));
        }
      }
      rows.put(row.getString("id"), numbers);
    }
    return rows;
  }

  @Override
  boolean makesRowsOfKeysAlone() {
    return true;
  }
}
