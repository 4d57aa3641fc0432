package io.datapoints.connect.quickstart;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import io.datapoints.connect.quickstart.CollectedFlow.Pair;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.bson.Document;
import org.bson.conversions.Bson;

/** The flows in MongoDB. Every query about a pair begins with the fields of the unique index. */
final class MongoFlows extends FlowStore {

  private final MongoCollection<Document> collection;

  MongoFlows(MongoCollection<Document> collection, Pair shown) {
    super("MongoDB", shown);
    this.collection = collection;
  }

  @Override
  public long count() {
    return collection.countDocuments();
  }

  @Override
  List<Stored> latest(Pair pair, int limit) {
    return collection
        .find(of(pair))
        .sort(Sorts.descending("timestamp"))
        .limit(limit)
        .map(MongoFlows::stored)
        .into(new ArrayList<>());
  }

  @Override
  Iterable<Stored> between(Pair pair, Instant from, Instant to) {
    return collection
        .find(Filters.and(of(pair), Filters.gte("timestamp", from), Filters.lt("timestamp", to)))
        .sort(Sorts.descending("timestamp"))
        .map(MongoFlows::stored);
  }

  private static Bson of(Pair pair) {
    return Filters.and(
        Filters.eq("source_ip", pair.sourceIp()),
        Filters.eq("dest_ip", pair.destIp()),
        Filters.eq("protocol", pair.protocol()));
  }

  private static Stored stored(Document document) {
    return new Stored(
        document.getDate("timestamp").toInstant(),
        document.getInteger("source_port"),
        document.getInteger("dest_port"),
        document.get("value", Number.class).doubleValue());
  }
}
