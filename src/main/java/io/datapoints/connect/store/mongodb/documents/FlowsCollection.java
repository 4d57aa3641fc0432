package io.datapoints.connect.store.mongodb.documents;

import io.datapoints.connect.config.FlowsConfig;
import io.datapoints.connect.config.MongoConfig;
import io.datapoints.connect.store.mongodb.collection.CollectionCheck;
import java.util.List;
import org.bson.Document;

/** The requirements of the flows layout on its collection, beyond its mapping. */
public final class FlowsCollection {

  private static final String TIME = "timestamp";

  private FlowsCollection() {}

  /**
   * Requires a unique index on the key, which is also the key of Cassandra's table: equality on the
   * addresses and the protocol, then a range or the latest by time, then the ports. Also requires
   * an index that expires the documents.
   */
  public static void check(FlowsConfig flows, CollectionCheck check) {
    Document key =
        new Document("source_ip", 1)
            .append("dest_ip", 1)
            .append("protocol", 1)
            .append(TIME, -1)
            .append("source_port", 1)
            .append("dest_port", 1);
    check.ordinary();
    check.foundBy(List.copyOf(key.keySet()), MongoConfig.COLLECTION);
    check.uniqueIndex(key);
    if (flows.ttlSeconds() > 0) {
      check.expiry(TIME, flows.ttlSeconds(), FlowsConfig.TTL);
    }
  }
}
