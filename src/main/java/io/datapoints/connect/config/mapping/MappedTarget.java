package io.datapoints.connect.config.mapping;

import io.datapoints.connect.mapping.Condition;
import io.datapoints.connect.mapping.Mapping;
import io.datapoints.connect.mapping.Times;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One table or collection that the records of a topic are written to; the names are complete.
 *
 * @param prefix {@code topic.<topic>.<keyspace>.<table>.}, as written in the settings; for messages
 * @param database the keyspace or database
 * @param table the table or collection
 * @param mapping which values go to which columns or fields
 * @param options how the target is written
 * @param names the names of values in reject reasons; null for those of the columns
 * @param filter the records that the mapping is for, others are skipped; null for all
 */
public record MappedTarget(
    String prefix,
    String database,
    String table,
    Mapping mapping,
    Options options,
    @Nullable Names names,
    @Nullable Condition filter) {

  public MappedTarget(
      String prefix, String database, String table, Mapping mapping, Options options) {
    this(prefix, database, table, mapping, options, null, null);
  }

  /**
   * The names that reject reasons use for the parts of a record whose mapping the user did not
   * write. Each broken rule is then a reason of its own.
   *
   * @param noun the name of one element if a record is an array
   * @param values the name of the value of each assignment, in their order
   */
  public record Names(String noun, List<String> values) {}

  /** The name of one element if a record is an array. */
  public String noun() {
    return names == null ? "record" : names.noun();
  }

  /** The beginnings of reject reasons, one for each assignment. */
  public List<String> labels() {
    return names != null
        ? names.values()
        : mapping.assignments().stream()
            .map(each -> "column " + String.join(".", each.path()) + ":")
            .toList();
  }

  /**
   * How a target is written.
   *
   * @param nullToUnset whether a null leaves the stored value unchanged
   * @param deletes whether a record without a value, or with nothing but nulls, deletes its row
   * @param times how numbers and texts of the record are read as times
   * @param store the options that only the target's store has
   */
  public record Options(boolean nullToUnset, boolean deletes, Times times, StoreOptions store) {

    /** The options of a table; the Cassandra connector has no other targets. */
    public CassandraOptions cassandra() {
      return (CassandraOptions) store;
    }

    /** The options of a collection; the MongoDB connector has no other targets. */
    public MongoOptions mongo() {
      return (MongoOptions) store;
    }
  }

  /** The options of a target that only its store has. */
  public sealed interface StoreOptions permits CassandraOptions, MongoOptions {}

  /**
   * The options of a collection in MongoDB.
   *
   * @param key the fields of the upsert filter, each a path with dots
   * @param versionField the field for the offsets of the last changes of a document; empty for none
   * @param decimals which numbers outside the key are decimals
   */
  public record MongoOptions(List<String> key, String versionField, Decimals decimals)
      implements StoreOptions {}

  /** Which numbers of a document are decimals of 34 digits, those of its key aside. */
  public enum Decimals {
    /** Those of which the schema or the mapping says so. */
    DECLARED,

    /** Floating point numbers, and what JSON writes with a point or an exponent, as well. */
    FRACTIONS,

    /** Whole numbers, too: all numbers have one type. */
    ALL
  }

  /**
   * The options of a table in Cassandra.
   *
   * @param consistencyLevel null for the level of the connector
   * @param ttlSeconds 0 for no expiry; {@link #TTL_OF_TABLE} for the default of the table
   * @param ttlUnit the unit of {@code __ttl}
   * @param timestampUnit the unit of {@code __timestamp}
   * @param timestampColumn the column whose value is the write time if the record has no timestamp;
   *     null for the present
   * @param query the user's statement with a {@code :name} for each column; null to generate one
   * @param counters whether columns of type counter may be raised; a replay counts twice
   * @param create null if the table must exist
   */
  public record CassandraOptions(
      @Nullable String consistencyLevel,
      int ttlSeconds,
      TimeUnit ttlUnit,
      TimeUnit timestampUnit,
      @Nullable String timestampColumn,
      @Nullable String query,
      boolean counters,
      @Nullable TableToCreate create)
      implements StoreOptions {

    /** Leaves the time to live to the table. */
    public static final int TTL_OF_TABLE = -1;
  }

  /**
   * A table that is created if it is missing.
   *
   * @param columns {@code name type} pairs of CQL, separated by commas
   * @param primaryKey the primary key with the clustering order in CQL: {@code (a, b), c DESC}
   * @param options CQL after WITH, empty for the server's defaults
   */
  public record TableToCreate(String columns, String primaryKey, String options) {}
}
