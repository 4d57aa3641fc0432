package io.datapoints.connect.store.mongodb.documents;

import io.datapoints.connect.config.FlowsConfig;
import io.datapoints.connect.config.FlowsKey;
import io.datapoints.connect.config.FlowsPreset;
import io.datapoints.connect.config.MongoConfig;
import io.datapoints.connect.store.mongodb.collection.CollectionCheck;
import java.util.List;
import java.util.stream.Stream;
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
    Document index = new Document();
    FlowsPreset.key(flows.key()).forEach(field -> index.append(field, field.equals(TIME) ? -1 : 1));
    check.ordinary();
    check.foundBy(List.copyOf(index.keySet()), MongoConfig.COLLECTION);
    check.uniqueIndex(index, otherKeys(flows.key()), FlowsKey.SETTING);
    if (flows.ttlSeconds() > 0) {
      check.expiry(TIME, flows.ttlSeconds(), FlowsConfig.TTL);
    }
  }

  private static List<List<String>> otherKeys(FlowsKey key) {
    return Stream.of(FlowsKey.values())
        .filter(other -> other != key)
        .map(FlowsPreset::key)
        .toList();
  }
}
