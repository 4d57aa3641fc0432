package io.datapoints.connect.quickstart;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.Binary;

/** The points in MongoDB, one document each. */
final class MongoPoints implements Holdings {

  /** Bytes of an {@code _id} that stand for the series; its time follows. */
  private static final int SERIES_BYTES = 16;

  private static final int ID_BYTES = 24;

  private final MongoCollection<Document> collection;

  MongoPoints(MongoCollection<Document> collection) {
    this.collection = collection;
  }

  @Override
  public long count() {
    return collection.countDocuments();
  }

  /** An hour of one series, which is a range of {@code _id}, averaged by the minute. */
  @Override
  public List<String> answer(long now) {
    Instant start = Instant.ofEpochMilli(now).minus(Duration.ofHours(1));
    Minutes minutes = new Minutes(now);
    for (Document each : collection.find(series()).sort(Sorts.ascending("_id"))) {
      minutes.add(
          each.getDate("timestamp").toInstant().toEpochMilli(),
          each.get("value", Number.class).doubleValue());
    }
    List<String> lines = new ArrayList<>();
    lines.add(
        "MongoDB: %s %s since %s, average of each minute (%,d points)"
            .formatted(
                History.CHARTED_METRIC,
                new TreeMap<>(History.CHARTED_TAGS),
                start,
                minutes.count()));
    lines.add("");
    lines.addAll(Chart.draw(minutes.averages()));
    return lines;
  }

  private Bson series() {
    List<Bson> conditions = new ArrayList<>();
    conditions.add(Filters.eq("metric", History.CHARTED_METRIC));
    History.CHARTED_TAGS.forEach((tag, value) -> conditions.add(Filters.eq("tags." + tag, value)));
    Document any = collection.find(Filters.and(conditions)).first();
    if (any == null) {
      throw new IllegalStateException("no point of " + History.CHARTED_METRIC);
    }
    byte[] id = any.get("_id", Binary.class).getData();
    byte[] first = new byte[ID_BYTES];
    System.arraycopy(id, 0, first, 0, SERIES_BYTES);
    byte[] last = new byte[ID_BYTES];
    Arrays.fill(last, (byte) 0xff);
    System.arraycopy(id, 0, last, 0, SERIES_BYTES);
    return Filters.and(Filters.gte("_id", new Binary(first)), Filters.lte("_id", new Binary(last)));
  }
}
