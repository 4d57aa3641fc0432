package io.datapoints.connect.pipeline;

import com.mongodb.client.MongoCollection;
import java.util.HashMap;
import java.util.Map;
import org.bson.BsonDocument;

/**
 * The flows of a collection.
 *
 * @param collection its client stays the caller's
 */
public record MongoFlows(MongoCollection<BsonDocument> collection) implements Contents {

  /** Fails when a flow is there twice. */
  @Override
  public Map<String, Long> read() {
    Map<String, Long> flows = new HashMap<>();
    for (BsonDocument flow : collection.find()) {
      String key =
          Contents.flow(
              flow.getString("source_ip").getValue(),
              flow.getString("dest_ip").getValue(),
              flow.getString("protocol").getValue(),
              flow.getDateTime("timestamp").getValue(),
              flow.getNumber("source_port").intValue(),
              flow.getNumber("dest_port").intValue());
      if (flows.put(key, (long) flow.getDouble("value").getValue()) != null) {
        throw new AssertionError("twice in the collection: " + key);
      }
    }
    return flows;
  }
}
