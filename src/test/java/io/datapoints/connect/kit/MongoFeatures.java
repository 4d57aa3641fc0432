package io.datapoints.connect.kit;

import static org.junit.jupiter.api.Assumptions.abort;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoDatabase;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.bson.Document;

/**
 * What the MongoDB at hand is and can do.
 *
 * @param summary one line: emulator or server, version, replica set, protocol
 * @param present what it can do
 */
public record MongoFeatures(String summary, Set<MongoFeature> present) {

  /** Takes a copy. */
  public MongoFeatures {
    present = Set.copyOf(present);
  }

  /**
   * Tries everything in a database of its own, which is dropped afterwards.
   *
   * @param scratch the name of that database
   */
  static MongoFeatures of(Mongo mongo, String scratch) {
    try (MongoClient client = mongo.client()) {
      MongoDatabase database = client.getDatabase(scratch);
      Set<MongoFeature> present =
          Arrays.stream(MongoFeature.values())
              .filter(feature -> feature.holds(database))
              .collect(Collectors.toSet());
      database.drop();
      return new MongoFeatures(summary(mongo, database), present);
    }
  }

  private static String summary(Mongo mongo, MongoDatabase database) {
    String version = database.runCommand(new Document("buildInfo", 1)).getString("version");
    Document greeting = database.runCommand(new Document("isMaster", 1));
    String set = greeting.getString("setName");
    return (mongo.emulated()
            ? "emulator mongo-java-server " + MongoEmulator.version() + " as "
            : "server ")
        + version
        + (set == null ? "" : ", replica set " + set)
        + ", wire "
        + greeting.getInteger("maxWireVersion");
  }

  /**
   * Lets the test that calls this be skipped, with the reason on the console, where it is not so.
   */
  public void assume(MongoFeature feature) {
    if (!present.contains(feature)) {
      String reason = "skipped, needs " + feature + ": MongoDB is " + summary;
      System.out.println(reason);
      abort(reason);
    }
  }
}
