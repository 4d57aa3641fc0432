package io.datapoints.connect.store;

import com.datastax.oss.driver.api.core.CqlSession;
import io.datapoints.connect.kit.Servers;
import io.datapoints.connect.kit.TcpProxy;
import io.datapoints.connect.pipeline.CassandraFlows;
import io.datapoints.connect.pipeline.Contents;
import io.datapoints.connect.store.cassandra.TestTables;
import org.junit.jupiter.api.AutoClose;

/** The table layout in Cassandra, with flows for records. */
class CassandraTableContractIT extends StoreContractTest {

  private static final String KEYSPACE = "contract_table";

  @AutoClose private final CqlSession session;
  private final CassandraStores stores;

  CassandraTableContractIT(Servers servers) {
    super(servers, servers.cassandra().address(), Samples.FLOWS);
    this.session = servers.cassandra().session();
    this.stores = new CassandraStores(servers.cassandra(), KEYSPACE);
  }

  @Override
  Store store(TcpProxy proxy) {
    return TestTables.ofFlows(proxy.contactPoint(), KEYSPACE);
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
