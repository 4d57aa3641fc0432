package io.datapoints.connect.store;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import io.datapoints.connect.config.MongoSinkConfig;
import io.datapoints.connect.kit.Mongo;
import io.datapoints.connect.kit.TcpProxy;
import io.datapoints.connect.store.mongodb.MongoStore;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.bson.BsonDocument;

/** Stores on one database, as a connector with its defaults makes them. */
record MongoStores(Mongo mongo, String database) {

  Store store(TcpProxy proxy, Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(settings);
    all.put("mongodb.uri", mongo.uriThrough(proxy));
    all.put("mongodb.database", database);
    all.put("mongodb.collection", "contract");
    return new MongoStore(MongoSinkConfig.from(all), "contract", Clock.systemUTC());
  }

  MongoCollection<BsonDocument> collection(MongoClient client) {
    return client.getDatabase(database).getCollection("contract", BsonDocument.class);
  }

  int largestBatch() {
    return MongoSinkConfig.from(Map.of()).pipeline().batching().maxRows();
  }
}
