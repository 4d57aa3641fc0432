package io.datapoints.connect.audit;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import io.datapoints.connect.audit.SampleKey.FlowKey;
import io.datapoints.connect.audit.SampleKey.PointKey;
import java.time.Instant;
import java.util.HashSet;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.bson.BsonDocument;

/** Finds documents by their fields, whatever their identifiers are. */
final class MongoReader implements StoreReader {

  private final MongoClient client;
  private final String database;
  private final String collection;

  MongoReader(String uri, String database, String collection) {
    this.client =
        MongoClients.create(
            MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(uri))
                // It runs on the task's thread, which has a group to keep up with.
                .timeout(2, TimeUnit.SECONDS)
                .build());
    this.database = database;
    this.collection = collection;
  }

  @Override
  public Set<SampleKey> present(Set<SampleKey> keys) throws StoreAwayException {
    LongSummaryStatistics times = keys.stream().mapToLong(SampleKey::timestamp).summaryStatistics();
    Set<SampleKey> present = new HashSet<>();
    try {
      client
          .getDatabase(database)
          .getCollection(collection, BsonDocument.class)
          .find(
              Filters.and(
                  Filters.gte("timestamp", Instant.ofEpochMilli(times.getMin())),
                  Filters.lte("timestamp", Instant.ofEpochMilli(times.getMax()))))
          .projection(Projections.exclude("_id", "value"))
          .forEach(document -> present.add(key(document)));
    } catch (MongoException away) {
      throw new StoreAwayException(away);
    }
    return present;
  }

  private static SampleKey key(BsonDocument document) {
    long timestamp = document.getDateTime("timestamp").getValue();
    if (document.containsKey("metric")) {
      Map<String, String> tags = new TreeMap<>();
      document
          .getDocument("tags")
          .forEach((name, value) -> tags.put(name, value.asString().getValue()));
      return new PointKey(document.getString("metric").getValue(), tags, timestamp);
    }
    return new FlowKey(
        document.getString("source_ip").getValue(),
        document.getString("dest_ip").getValue(),
        document.getInt32("source_port").getValue(),
        document.getInt32("dest_port").getValue(),
        document.getString("protocol").getValue(),
        timestamp);
  }

  @Override
  public void close() {
    client.close();
  }
}
