package io.datapoints.connect.kit;

import com.mongodb.client.MongoClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;

/** Names of databases that no other run uses, since the MongoDB may be one that stays. */
final class Databases {

  private final String run = Integer.toHexString(ThreadLocalRandom.current().nextInt());
  private final List<String> given = new ArrayList<>();

  /** A new name that begins with this one. */
  String next(String name) {
    String start = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "_");
    // MongoDB takes 63 characters.
    String database = "%.40s_%s_%d".formatted(start, run, given.size());
    given.add(database);
    return database;
  }

  /** Drops every one that was handed out. */
  void drop(Mongo mongo) {
    try (MongoClient client = mongo.client()) {
      given.forEach(name -> client.getDatabase(name).drop());
    }
  }
}
