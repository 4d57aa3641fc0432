package io.datapoints.connect.config.mapping;

import io.datapoints.connect.mapping.Mapping;
import io.datapoints.connect.mapping.TimestampUnit;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One table or collection that the records of a topic go to, with the names filled in.
 *
 * @param prefix {@code topic.<topic>.<keyspace>.<table>.}, as the settings write it; for messages
 * @param database the keyspace or database
 * @param table the table or collection
 * @param mapping what goes where
 * @param options how it is written
 * @param names what reasons call what goes there; null for the names of the columns
 */
public record MappedTarget(
    String prefix,
    String database,
    String table,
    Mapping mapping,
    Options options,
    @Nullable Names names) {

  public MappedTarget(
      String prefix, String database, String table, Mapping mapping, Options options) {
    this(prefix, database, table, mapping, options, null);
  }

  /**
   * What the reasons of a rejection call the parts of a record, where its mapping is not written by
   * the user. Each broken rule is then a reason of its own.
   *
   * @param noun one of the records that an array is
   * @param values what goes to each assignment of the mapping
   */
  public record Names(String noun, List<String> values) {}

  /** What one of the records is called that an array is. */
  public String noun() {
    return names == null ? "record" : names.noun();
  }

  /** How a reason begins that is about an assignment, one for each. */
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
   * @param nullToUnset whether a null leaves the column as it is
   * @param deletes whether a record without a value, or with nothing but nulls, deletes its row
   * @param timeUnit the unit of numbers that stand for a time in the record
   * @param splitArrays whether an array as the value is several records
   * @param store what the target's store adds
   */
  public record Options(
      boolean nullToUnset,
      boolean deletes,
      TimestampUnit timeUnit,
      boolean splitArrays,
      StoreOptions store) {

    /**
     * What Cassandra adds.
     *
     * @throws ClassCastException for a target in MongoDB, which only the MongoDB connector has
     */
    public CassandraOptions cassandra() {
      return (CassandraOptions) store;
    }

    /**
     * What MongoDB adds.
     *
     * @throws ClassCastException for a target in Cassandra, which only the Cassandra connector has
     */
    public MongoOptions mongo() {
      return (MongoOptions) store;
    }
  }

  /** How a target is written, as far as only one of the stores has it. */
  public sealed interface StoreOptions permits CassandraOptions, MongoOptions {}

  /**
   * How a collection is written.
   *
   * @param key the fields of the upsert filter, each a path with dots
   * @param versionField where a document keeps which records changed it last; empty for nowhere
   */
  public record MongoOptions(List<String> key, String versionField) implements StoreOptions {}

  /**
   * How a table of Cassandra is written.
   *
   * @param consistencyLevel null for that of the connector
   * @param ttlSeconds 0 for that of the table
   * @param ttlUnit the unit of {@code __ttl}
   * @param timestampUnit the unit of {@code __timestamp}
   * @param timestampColumn the column with the time of writing where the record has no timestamp;
   *     null for the present
   * @param query a statement of the user's with a {@code :name} for each column; null for ours
   * @param counters whether columns of type counter may be written, which replays count twice
   * @param create null when the table must be there
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
      implements StoreOptions {}

  /**
   * A table that is created when it is missing.
   *
   * @param columns {@code name type} separated by commas, as CQL writes them
   * @param primaryKey {@code (a, b), c DESC}, as CQL writes it, with the order of clustering
   * @param options what CQL has after WITH, empty for the server's defaults
   */
  public record TableToCreate(String columns, String primaryKey, String options) {}
}
