package io.datapoints.connect.store.mongodb.collection;

import com.mongodb.MongoCommandException;
import com.mongodb.MongoServerException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.CreateCollectionOptions;
import com.mongodb.client.model.IndexOptions;
import io.datapoints.connect.store.StoreException;
import io.datapoints.connect.store.mongodb.failure.ErrorCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.bson.Document;
import org.bson.RawBsonDocument;

/** The collection that is written to: what the server knows of it, and how it is made. Blocks. */
public final class TargetCollection {

  /** An index over documents that are there already takes its time. */
  private static final Duration BUILD_TIMEOUT = Duration.ofMinutes(10);

  private static final int NAMESPACE_EXISTS = 48;

  private final MongoDatabase database;
  private final String name;

  public TargetCollection(MongoDatabase database, String name) {
    this.database = database;
    this.name = name;
  }

  public MongoCollection<RawBsonDocument> documents() {
    return database.getCollection(name, RawBsonDocument.class);
  }

  String database() {
    return database.getName();
  }

  String name() {
    return name;
  }

  /** Database and collection, for messages. */
  public String fullName() {
    return database.getName() + "." + name;
  }

  /** As listCollections has it; empty while the collection does not exist. */
  Optional<Document> description() {
    // The filter spares the server; what it answers is looked through all the same.
    return database
        .listCollections()
        .filter(new Document("name", name))
        .into(new ArrayList<>())
        .stream()
        .filter(listed -> name.equals(listed.getString("name")))
        .findFirst();
  }

  List<Index> indexes() {
    return database.getCollection(name).listIndexes().into(new ArrayList<>()).stream()
        .map(Index::of)
        .toList();
  }

  /** Creates the collection unless there is one of this name, of whatever kind. */
  void create(CreateCollectionOptions options) {
    try {
      database.createCollection(name, options);
    } catch (MongoCommandException e) {
      if (e.getErrorCode() != NAMESPACE_EXISTS) {
        throw e;
      }
    }
  }

  /**
   * Creates an index, and the collection with it, unless the same one is there already.
   *
   * @throws StoreException where the documents or indexes that are there stand in the way
   */
  void create(Document keys, IndexOptions options) {
    try {
      database
          .getCollection(name)
          .withTimeout(BUILD_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
          .createIndex(keys, options);
    } catch (MongoServerException e) {
      int code = e.getCode();
      if (code == ErrorCode.DUPLICATE_KEY.number()) {
        throw StoreException.fatal(
            "a unique index on "
                + listed(keys)
                + " of "
                + fullName()
                + " cannot be created: "
                + "documents that are there already have the same key");
      }
      if (code == ErrorCode.INDEX_OPTIONS_CONFLICT.number()
          || code == ErrorCode.INDEX_KEYS_CONFLICT.number()) {
        throw StoreException.fatal(
            "an index on "
                + listed(keys)
                + " of "
                + fullName()
                + " conflicts with one that is"
                + " there already, "
                + ErrorCode.describe(code)
                + ": drop one of them");
      }
      throw e;
    }
  }

  static String listed(Document keys) {
    return String.join(", ", keys.keySet());
  }
}
