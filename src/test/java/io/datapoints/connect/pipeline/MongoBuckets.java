package io.datapoints.connect.pipeline;

import com.mongodb.client.MongoCollection;
import java.util.HashMap;
import java.util.Map;
import org.bson.BsonDocument;

/**
 * The long points of a collection with one document for each series and hour.
 *
 * @param collection its client stays the caller's
 */
public record MongoBuckets(MongoCollection<BsonDocument> collection) implements Contents {

  /** Fails when a point is there twice. */
  @Override
  public Map<String, Long> read() {
    Map<String, Long> points = new HashMap<>();
    for (BsonDocument bucket : collection.find()) {
      String tag = bucket.getDocument("tags").values().iterator().next().asString().getValue();
      long start = bucket.getDateTime("start").getValue();
      bucket
          .getDocument("p")
          .forEach(
              (offset, value) -> {
                String key = Contents.point(tag, start + Long.parseLong(offset));
                if (points.put(key, value.asInt64().getValue()) != null) {
                  throw new AssertionError("twice in the collection: " + key);
                }
              });
    }
    return points;
  }
}
