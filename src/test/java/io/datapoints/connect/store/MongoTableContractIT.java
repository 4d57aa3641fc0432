package io.datapoints.connect.store;

import com.mongodb.client.MongoClient;
import io.datapoints.connect.kit.Servers;
import io.datapoints.connect.kit.TcpProxy;
import io.datapoints.connect.pipeline.Contents;
import io.datapoints.connect.pipeline.MongoFlows;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.BsonDocument;
import org.junit.jupiter.api.AutoClose;

/** The table layout in MongoDB, with flows for records where any will do. */
class MongoTableContractIT extends TableContractTest {

  @AutoClose private final MongoClient client;
  private final MongoStores stores;

  MongoTableContractIT(Servers servers) {
    super(servers, servers.mongo().address());
    this.client = servers.mongo().client();
    this.stores = new MongoStores(servers.mongo(), servers.mongoDatabase("contract_table"));
  }

  @Override
  Stores stores() {
    return stores;
  }

  @Override
  Store store(TcpProxy proxy) {
    String prefix = prefix("topic", "contract");
    return new FlowsAsRecords(
        stores.store(
            proxy,
            Map.of(
                "layout",
                "table",
                prefix + "mapping",
                FlowsAsRecords.MAPPING,
                prefix + "key",
                "source_ip, dest_ip, protocol, timestamp, source_port, dest_port")));
  }

  @Override
  Contents contents() {
    return new MongoFlows(stores.collection(client));
  }

  @Override
  String prefix(String topic, String table) {
    return "topic." + topic + "." + stores.database() + "." + table + ".";
  }

  @Override
  Map<String, String> target(String prefix) {
    return Map.of(prefix + "key", "id");
  }

  @Override
  Map<String, Map<String, Long>> rows(String table) {
    Map<String, Map<String, Long>> rows = new HashMap<>();
    for (BsonDocument document : stores.collection(client, table).find()) {
      Map<String, Long> numbers = new HashMap<>();
      for (String field : List.of("a", "b")) {
        if (document.isNumber(field)) {
          numbers.put(field, document.getNumber(field).longValue());
        }
      }
      if (rows.put(document.getString("id").getValue(), numbers) != null) {
        throw new AssertionError("twice in the collection");
      }
    }
    return rows;
  }

  @Override
  boolean makesRowsOfKeysAlone() {
    return false;
  }
}
