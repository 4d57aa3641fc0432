package io.datapoints.connect.store;

import com.mongodb.client.MongoClient;
import io.datapoints.connect.kit.Servers;
import io.datapoints.connect.kit.TcpProxy;
import io.datapoints.connect.pipeline.Contents;
import io.datapoints.connect.pipeline.MongoFlows;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;

/** The flows layout in MongoDB. */
class MongoFlowsContractIT extends StoreContractTest {

  @AutoClose private final MongoClient client;
  private final MongoStores stores;

  MongoFlowsContractIT(Servers servers) {
    super(servers, servers.mongo().address(), Samples.FLOWS);
    this.client = servers.mongo().client();
    this.stores = new MongoStores(servers.mongo(), servers.mongoDatabase("contract_flows"));
  }

  @Override
  Store store(TcpProxy proxy) {
    return stores.store(proxy, Map.of("layout", "flows"));
  }

  @Override
  Contents contents() {
    return new MongoFlows(stores.collection(client));
  }

  @Override
  int largestBatch() {
    return stores.largestBatch();
  }
}
