package io.datapoints.connect.store;

import com.datastax.oss.driver.api.core.CqlSession;
import io.datapoints.connect.kit.Servers;
import io.datapoints.connect.kit.TcpProxy;
import io.datapoints.connect.pipeline.CassandraFlows;
import io.datapoints.connect.pipeline.Contents;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;

/** The flows layout in Cassandra. */
class CassandraFlowsContractIT extends StoreContractTest {

  private static final String KEYSPACE = "contract_flows";

  @AutoClose private final CqlSession session;
  private final CassandraStores stores;

  CassandraFlowsContractIT(Servers servers) {
    super(servers, servers.cassandra().address(), Samples.FLOWS);
    this.session = servers.cassandra().session();
    this.stores = new CassandraStores(servers.cassandra(), KEYSPACE);
  }

  @Override
  Store store(TcpProxy proxy) {
    return stores.store(proxy, Map.of("layout", "flows"));
  }

  @Override
  Contents contents() {
    return new CassandraFlows(session, KEYSPACE);
  }

  @Override
  int largestBatch() {
    return stores.largestBatch();
  }
}
