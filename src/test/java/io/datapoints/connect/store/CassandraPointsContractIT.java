package io.datapoints.connect.store;

import com.datastax.oss.driver.api.core.CqlSession;
import io.datapoints.connect.kit.Servers;
import io.datapoints.connect.kit.TcpProxy;
import io.datapoints.connect.pipeline.CassandraPoints;
import io.datapoints.connect.pipeline.Contents;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;

/** The kairosdb layout in Cassandra. */
class CassandraPointsContractIT extends PointsContractTest {

  private static final String KEYSPACE = "contract_points";
  private static final String VALUES = "contract_values";

  @AutoClose private final CqlSession session;
  private final CassandraStores stores;
  private final CassandraStores valueStores;

  CassandraPointsContractIT(Servers servers) {
    super(servers, servers.cassandra().address());
    this.session = servers.cassandra().session();
    this.stores = new CassandraStores(servers.cassandra(), KEYSPACE);
    this.valueStores = new CassandraStores(servers.cassandra(), VALUES);
  }

  @Override
  Stores stores() {
    return stores;
  }

  @Override
  Store valueStore(TcpProxy proxy, Map<String, String> settings) {
    return valueStores.store(proxy, settings);
  }

  @Override
  List<String> values(String metric) {
    return CassandraPoints.described(session, VALUES, metric);
  }

  @Override
  boolean keepsTypesApart() {
    return true;
  }

  @Override
  Store store(TcpProxy proxy) {
    return stores.store(proxy, Map.of("layout", "kairosdb"));
  }

  @Override
  Contents contents() {
    return new CassandraPoints(session, KEYSPACE);
  }

  @Override
  boolean tellsRecordsOfOneMillisecondApart() {
    return false;
  }
}
