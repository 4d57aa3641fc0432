package io.datapoints.connect.pipeline;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

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

  /** The points of a metric, each as time, type and value, in this order. */
  public static List<String> described(MongoCollection<BsonDocument> collection, String metric) {
    List<String> points = new ArrayList<>();
    collection
        .find(Filters.eq("metric", metric))
        .sort(Sorts.ascending("timestamp", "type"))
        .forEach(
            point ->
                points.add(
                    point.getDateTime("timestamp").getValue()
                        + " "
                        + point.getString("type").getValue()
                        + " "
                        + text(point.get("value"))));
    return points;
  }

  private static Object text(@Nullable BsonValue value) {
    if (value == null) {
      throw new AssertionError("a point without a value");
    }
    if (value.isInt64()) {
      return value.asInt64().getValue();
    }
    return value.isDouble() ? value.asDouble().getValue() : value.asString().getValue();
  }
}
