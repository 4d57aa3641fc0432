package io.datapoints.connect.fault;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import io.datapoints.connect.audit.AuditedConnector;
import io.datapoints.connect.audit.AuditedMongoConnector;
import io.datapoints.connect.pipeline.MongoFlows;
import io.datapoints.connect.pipeline.MongoPoints;
import java.util.Map;
import org.bson.BsonDocument;

/**
 * A database, with a collection for each scenario.
 *
 * @param uri how the connector finds it
 * @param directUri how the auditor and the judge do
 */
record MongoDestination(String uri, String directUri, String database, RecordKind records)
    implements Destination {

  @Override
  public Map<String, String> settings(String scenario) {
    return Map.of(
        "connector.class",
        AuditedMongoConnector.class.getName(),
        "layout",
        records.layout(),
        "mongodb.uri",
        uri,
        AuditedConnector.STORE,
        directUri,
        "mongodb.database",
        database,
        "mongodb.collection",
        scenario);
  }

  @Override
  public String store() {
    return "MongoDB";
  }

  @Override
  public Map<String, Long> stored(String scenario) {
    try (MongoClient client = MongoClients.create(directUri)) {
      MongoCollection<BsonDocument> collection =
          client.getDatabase(database).getCollection(scenario, BsonDocument.class);
      return records.isFlows()
          ? new MongoFlows(collection).read()
          : new MongoPoints(collection).read();
    }
  }

  /** The emulator holds everything in its heap. */
  @Override
  public void clear(String scenario) {
    try (MongoClient client = MongoClients.create(directUri)) {
      client.getDatabase(database).getCollection(scenario).drop();
    }
  }
}
