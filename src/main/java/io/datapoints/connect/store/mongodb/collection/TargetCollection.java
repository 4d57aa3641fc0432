package io.datapoints.connect.store.mongodb.collection;

import com.mongodb.MongoCommandException;
import com.mongodb.MongoServerException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.CreateCollectionOptions;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.connection.ClusterType;
import io.datapoints.connect.store.StoreException;
import io.datapoints.connect.store.mongodb.failure.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bson.Document;
import org.bson.RawBsonDocument;

/** The collection that is written to: what the server knows of it, and how it is made. Blocks. */
public final class TargetCollection {

  private static final int NAMESPACE_EXISTS = 48;

  /** More than a collection can have, so that one answer has all. */
  private static final int MOST_INDEXES = 1_000;

  private final MongoClient client;
  private final MongoDatabase database;
  private final String name;
  private final IndexBuilds builds;

  /**
   * @param builds the index builds of the store
   */
  public TargetCollection(MongoClient client, String database, String name, IndexBuilds builds) {
    this.client = client;
    this.database = client.getDatabase(database);
    this.name = name;
    this.builds = builds;
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

  /** Those that are being built are told from those that are there, as far as the server does. */
  List<Index> indexes() {
    return listedIndexes().stream().map(Index::of).toList();
  }

  private List<Document> listedIndexes() {
    Document question =
        new Document("listIndexes", name)
            .append("includeBuildUUIDs", true)
            .append("cursor", new Document("batchSize", MOST_INDEXES));
    try {
      Document answer = database.runCommand(question).get("cursor", new Document());
      return answer.getList("firstBatch", Document.class, List.of());
    } catch (MongoCommandException e) {
      // There is no such collection, or the server does not know the question.
      return database.getCollection(name).listIndexes().into(new ArrayList<>());
    }
  }

  /**
   * By which fields the collection is sharded; empty if it is not, or if the user may not know:
   * then a write tells.
   */
  Optional<ShardKey> shardKey() {
    ClusterType type = client.getClusterDescription().getType();
    if (type == ClusterType.REPLICA_SET || type == ClusterType.STANDALONE) {
      return Optional.empty();
    }
    try {
      Document listed =
          client
              .getDatabase("config")
              .getCollection("collections")
              .find(new Document("_id", fullName()))
              .first();
      return Optional.ofNullable(listed).filter(TargetCollection::isSharded).map(ShardKey::of);
    } catch (MongoCommandException e) {
      return Optional.empty();
    }
  }

  /** Collections that were dropped, or lie on one shard, may be listed as well. */
  private static boolean isSharded(Document listed) {
    return listed.containsKey("key")
        && !listed.getBoolean("dropped", false)
        && !listed.getBoolean("unsplittable", false);
  }

  /** Whether this store waits for the server to build an index on these fields. */
  boolean awaits(Document keys) {
    return builds.awaits(indexName(Index.nameOf(keys)));
  }

  /** What to say of an index that is not finished. */
  StoreException building(Index index) {
    return builds.goingOn(indexName(index.name()));
  }

  /** An index that may have been waited for is there. */
  void finished(Index index) {
    builds.finished(indexName(index.name()));
  }

  private String indexName(String index) {
    return index + " of " + fullName();
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
   * @throws StoreException where the documents or indexes that are there stand in the way, and
   *     where the server takes its time over it
   */
  void create(Document keys, IndexOptions options) {
    try {
      builds.create(indexName(Index.nameOf(keys)), database.getCollection(name), keys, options);
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
      if (code == ErrorCode.CANNOT_CREATE_INDEX.number()) {
        throw StoreException.fatal(
            "an index on "
                + listed(keys)
                + " of "
                + fullName()
                + " cannot be created, "
                + ErrorCode.describe(code)
                + ": if the collection is sharded, the index has to begin with the shard key, whose"
                + " fields have to come first in the key");
      }
      throw e;
    }
  }

  static String listed(Document keys) {
    return String.join(", ", keys.keySet());
  }
}
