package io.datapoints.connect.store;

import com.datastax.oss.driver.api.core.CqlSession;
import io.datapoints.connect.kit.Servers;
import io.datapoints.connect.kit.TcpProxy;
import io.datapoints.connect.pipeline.CassandraPoints;
import io.datapoints.connect.pipeline.Contents;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;

/** The kairosdb layout in Cassandra. */
class CassandraPointsContractIT extends StoreContractTest {

  private static final String KEYSPACE = "contract_points";

  @AutoClose private final CqlSession session;
  private final CassandraStores stores;

  CassandraPointsContractIT(Servers servers) {
    super(servers, servers.cassandra().address(), Samples.POINTS);
    this.session = servers.cassandra().session();
    this.stores = new CassandraStores(servers.cassandra(), KEYSPACE);
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
  int largestBatch() {
    return stores.largestBatch();
  }

  @Override
  boolean tellsRecordsOfOneMillisecondApart() {
    return false;
  }
}
