package io.datapoints.connect.kit;

import com.mongodb.MongoException;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.CreateCollectionOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.TimeSeriesOptions;
import com.mongodb.client.model.ValidationOptions;
import org.bson.Document;

/** What not every MongoDB, and no emulator, can do. Each is found out by trying it. */
public enum MongoFeature {

  /** It answers the greeting of today's drivers. */
  HELLO {
    @Override
    boolean tried(MongoDatabase scratch) {
      return scratch.runCommand(new Document("hello", 1)).containsKey("maxWireVersion");
    }
  },

  /** It is a member of a replica set, so that writes can be repeated and transactions be had. */
  REPLICA_SET {
    @Override
    boolean tried(MongoDatabase scratch) {
      return scratch.runCommand(new Document("isMaster", 1)).containsKey("setName");
    }
  },

  /** A time-series collection is one afterwards. */
  TIME_SERIES {
    @Override
    boolean tried(MongoDatabase scratch) {
      scratch.createCollection(
          "series", new CreateCollectionOptions().timeSeriesOptions(new TimeSeriesOptions("at")));
      Document listed = scratch.listCollections().filter(Filters.eq("name", "series")).first();
      return listed != null && "timeseries".equals(listed.getString("type"));
    }
  },

  /** It refuses to confirm more copies than there are members. */
  WRITE_CONCERN {
    @Override
    boolean tried(MongoDatabase scratch) {
      return isRefused(
          () ->
              scratch
                  .getCollection("copies")
                  .withWriteConcern(new WriteConcern(50, 1_000))
                  .insertOne(new Document()));
    }
  },

  /** A document that the collection's validator objects to is refused. */
  VALIDATOR {
    @Override
    boolean tried(MongoDatabase scratch) {
      scratch.createCollection(
          "validated",
          new CreateCollectionOptions()
              .validationOptions(new ValidationOptions().validator(Filters.exists("needed"))));
      return isRefused(() -> scratch.getCollection("validated").insertOne(new Document()));
    }
  };

  /** Tries it; an exception counts as "no". */
  abstract boolean tried(MongoDatabase scratch);

  final boolean holds(MongoDatabase scratch) {
    try {
      return tried(scratch);
    } catch (MongoException refused) {
      return false;
    }
  }

  private static boolean isRefused(Runnable write) {
    try {
      write.run();
      return false;
    } catch (MongoException refused) {
      return true;
    }
  }
}
