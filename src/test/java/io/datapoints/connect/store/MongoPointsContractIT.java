package io.datapoints.connect.store;

import com.mongodb.client.MongoClient;
import io.datapoints.connect.kit.Servers;
import io.datapoints.connect.kit.TcpProxy;
import io.datapoints.connect.pipeline.Contents;
import io.datapoints.connect.pipeline.MongoPoints;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;

/** The kairosdb layout in MongoDB, one document a point. */
class MongoPointsContractIT extends StoreContractTest {

  @AutoClose private final MongoClient client;
  private final MongoStores stores;

  MongoPointsContractIT(Servers servers) {
    super(servers, servers.mongo().address(), Samples.POINTS);
    this.client = servers.mongo().client();
    this.stores = new MongoStores(servers.mongo(), servers.mongoDatabase("contract_points"));
  }

  @Override
  Store store(TcpProxy proxy) {
    return stores.store(proxy, Map.of("layout", "kairosdb", "mongodb.datapoints", "point"));
  }

  @Override
  Contents contents() {
    return new MongoPoints(stores.collection(client));
  }

  @Override
  int largestBatch() {
    return stores.largestBatch();
  }
}
