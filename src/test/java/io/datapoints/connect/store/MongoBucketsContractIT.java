package io.datapoints.connect.store;

import com.mongodb.client.MongoClient;
import io.datapoints.connect.kit.Servers;
import io.datapoints.connect.kit.TcpProxy;
import io.datapoints.connect.pipeline.Contents;
import io.datapoints.connect.pipeline.MongoBuckets;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;

/** The kairosdb layout in MongoDB, one document for each series and hour. */
class MongoBucketsContractIT extends StoreContractTest {

  @AutoClose private final MongoClient client;
  private final MongoStores stores;

  MongoBucketsContractIT(Servers servers) {
    super(servers, servers.mongo().address(), Samples.POINTS);
    this.client = servers.mongo().client();
    this.stores = new MongoStores(servers.mongo(), servers.mongoDatabase("contract_buckets"));
  }

  @Override
  Store store(TcpProxy proxy) {
    return stores.store(proxy, Map.of("layout", "kairosdb", "mongodb.datapoints", "bucket"));
  }

  @Override
  Contents contents() {
    return new MongoBuckets(stores.collection(client));
  }

  @Override
  int largestBatch() {
    return stores.largestBatch();
  }
}
