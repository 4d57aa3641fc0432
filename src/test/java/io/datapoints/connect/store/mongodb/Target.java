package io.datapoints.connect.store.mongodb;

import io.datapoints.connect.config.MappedTarget;
import io.datapoints.connect.config.TimestampUnit;
import io.datapoints.connect.mapping.Assignment;
import io.datapoints.connect.mapping.Expression;
import io.datapoints.connect.mapping.Mapping;
import io.datapoints.connect.model.Cells;
import io.datapoints.connect.model.RecordOrigin;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A target by hand, and what its mapping would take out of records. What a value's expression is
 * does not matter to a store.
 */
record Target(
    String database,
    String collection,
    List<String> paths,
    @Nullable Set<String> except,
    List<String> key,
    boolean nullToUnset,
    boolean deletes,
    String versionField) {

  /** Of the topic of this name, with the first path for its key; {@code +} begins an addition. */
  static Target of(String database, String collection, String... paths) {
    return new Target(database, collection, List.of(paths), null, keyOf(paths), true, true, "");
  }

  private static List<String> keyOf(String... paths) {
    return paths.length == 0 ? List.of() : List.of(paths[0]);
  }

  Target keyed(String... fields) {
    return new Target(
        database, collection, paths, except, List.of(fields), nullToUnset, deletes, versionField);
  }

  Target rest(String... without) {
    return new Target(
        database, collection, paths, Set.of(without), key, nullToUnset, deletes, versionField);
  }

  Target nulls() {
    return new Target(database, collection, paths, except, key, false, deletes, versionField);
  }

  Target withoutDeletes() {
    return new Target(database, collection, paths, except, key, nullToUnset, false, versionField);
  }

  Target versioned(String field) {
    return new Target(database, collection, paths, except, key, nullToUnset, deletes, field);
  }

  MappedTarget mapped() {
    Expression value = new Expression.Path(Expression.Root.VALUE, List.of());
    List<Assignment> assignments = new ArrayList<>();
    for (String path : paths) {
      boolean adds = path.startsWith("+");
      assignments.add(
          new Assignment(
              Arrays.asList((adds ? path.substring(1) : path).split("/", -1)),
              adds ? Assignment.Operation.ADD : Assignment.Operation.SET,
              value));
    }
    Mapping mapping =
        new Mapping(assignments, except == null ? null : new Mapping.Rest(value, except));
    MappedTarget.CassandraOptions cassandra =
        new MappedTarget.CassandraOptions(
            null, 0, TimeUnit.SECONDS, TimeUnit.MICROSECONDS, null, false, null);
    return new MappedTarget(
        "topic.orders." + database + "." + collection + ".",
        database,
        collection,
        mapping,
        new MappedTarget.Options(
            nullToUnset,
            deletes,
            TimestampUnit.MS,
            cassandra,
            new MappedTarget.MongoOptions(key, versionField)));
  }

  /** One value a path. */
  static Cells cells(long offset, @Nullable Object... values) {
    return cellsOf(0, offset, null, values);
  }

  /** One value a path of this target, and the object of its rest. */
  static Cells cellsOf(
      int target,
      long offset,
      @Nullable Map<String, @Nullable Object> rest,
      @Nullable Object... values) {
    return new Cells("orders", target, Arrays.asList(values), rest, false, origin(offset));
  }

  /** Of a record without a value. */
  static Cells tombstone(long offset, @Nullable Object... values) {
    return new Cells("orders", 0, Arrays.asList(values), null, true, origin(offset));
  }

  static RecordOrigin origin(long offset) {
    return new RecordOrigin("orders", 0, offset, TestStores.RECORD_TIME);
  }
}
