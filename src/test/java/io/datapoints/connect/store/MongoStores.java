package io.datapoints.connect.store;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import io.datapoints.connect.config.MongoSinkConfig;
import io.datapoints.connect.config.mapping.MappingConfig;
import io.datapoints.connect.kit.Mongo;
import io.datapoints.connect.kit.TcpProxy;
import io.datapoints.connect.store.mongodb.MongoStore;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.bson.BsonDocument;

/** Stores on one database. */
record MongoStores(Mongo mongo, String database) implements Stores {

  @Override
  public Store store(TcpProxy proxy, Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(settings);
    all.put("mongodb.uri", mongo.uriThrough(proxy));
    all.put("mongodb.database", database);
    all.put("mongodb.collection", "contract");
    return new MongoStore(MongoSinkConfig.from(all), "contract", Clock.systemUTC());
  }

  @Override
  public MappingConfig mapping(Map<String, String> settings) {
    return MongoSinkConfig.from(settings).pipeline().mapping();
  }

  MongoCollection<BsonDocument> collection(MongoClient client) {
    return collection(client, "contract");
  }

  MongoCollection<BsonDocument> collection(MongoClient client, String name) {
    return client.getDatabase(database).getCollection(name, BsonDocument.class);
  }

  @Override
  public int largestBatch() {
    return MongoSinkConfig.from(Map.of()).pipeline().batching().maxRows();
  }
}
