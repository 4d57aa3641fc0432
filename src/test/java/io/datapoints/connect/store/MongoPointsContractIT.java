package io.datapoints.connect.store;

import com.mongodb.client.MongoClient;
import io.datapoints.connect.kit.Servers;
import io.datapoints.connect.kit.TcpProxy;
import io.datapoints.connect.pipeline.Contents;
import io.datapoints.connect.pipeline.MongoPoints;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;

/** The kairosdb layout in MongoDB, one document a point. */
class MongoPointsContractIT extends PointsContractTest {

  @AutoClose private final MongoClient client;
  private final MongoStores stores;
  private final MongoStores valueStores;

  MongoPointsContractIT(Servers servers) {
    super(servers, servers.mongo().address());
    this.client = servers.mongo().client();
    this.stores = new MongoStores(servers.mongo(), servers.mongoDatabase("contract_points"));
    this.valueStores = new MongoStores(servers.mongo(), servers.mongoDatabase("contract_values"));
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
    return MongoPoints.described(valueStores.collection(client), metric);
  }

  @Override
  boolean keepsTypesApart() {
    return false;
  }

  @Override
  Store store(TcpProxy proxy) {
    return stores.store(proxy, Map.of("layout", "kairosdb", "mongodb.datapoints", "point"));
  }

  @Override
  Contents contents() {
    return new MongoPoints(stores.collection(client));
  }
}
