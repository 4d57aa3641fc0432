package io.datapoints.connect.pipeline;

import com.mongodb.client.MongoCollection;
import java.util.HashMap;
import java.util.Map;
import org.bson.BsonDocument;

/**
 * The long points of a collection with one document a point.
 *
 * @param collection its client stays the caller's
 */
public record MongoPoints(MongoCollection<BsonDocument> collection) implements Contents {

  /** Fails when a point is there twice. */
  @Override
  public Map<String, Long> read() {
    Map<String, Long> points = new HashMap<>();
    for (BsonDocument point : collection.find()) {
      String tag = point.getDocument("tags").values().iterator().next().asString().getValue();
      String key = Contents.point(tag, point.getDateTime("timestamp").getValue());
      if (points.put(key, point.getInt64("value").getValue()) != null) {
        throw new AssertionError("twice in the collection: " + key);
      }
    }
    return points;
  }
}
