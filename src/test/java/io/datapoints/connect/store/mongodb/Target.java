package io.datapoints.connect.store.mongodb;

import io.datapoints.connect.config.mapping.MappedTarget;
import io.datapoints.connect.mapping.Assignment;
import io.datapoints.connect.mapping.Expression;
import io.datapoints.connect.mapping.Mapping;
import io.datapoints.connect.mapping.Times;
import io.datapoints.connect.mapping.TimestampUnit;
import io.datapoints.connect.model.MappedRecord;
import io.datapoints.connect.model.RecordOrigin;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A target by hand, and what its mapping would take out of records. What a value's expression is
 * does not matter to a store.
 */
public record Target(
    String database,
    String collection,
    List<String> paths,
    @Nullable Set<String> except,
    List<String> key,
    boolean nullToUnset,
    boolean deletes,
    String versionField) {

  /** Of the topic of this name, with the first path for its key; {@code +} begins an addition. */
  public static Target of(String database, String collection, String... paths) {
    return new Target(database, collection, List.of(paths), null, keyOf(paths), true, true, "");
  }

  private static List<String> keyOf(String... paths) {
    return paths.length == 0 ? List.of() : List.of(paths[0]);
  }

  public Target keyed(String... fields) {
    return new Target(
        database, collection, paths, except, List.of(fields), nullToUnset, deletes, versionField);
  }

  public Target rest(String... without) {
    return new Target(
        database, collection, paths, Set.of(without), key, nullToUnset, deletes, versionField);
  }

  public Target nulls() {
    return new Target(database, collection, paths, except, key, false, deletes, versionField);
  }

  public Target withoutDeletes() {
    return new Target(database, collection, paths, except, key, nullToUnset, false, versionField);
  }

  public Target versioned(String field) {
    return new Target(database, collection, paths, except, key, nullToUnset, deletes, field);
  }

  public MappedTarget mapped() {
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
    return new MappedTarget(
        "topic.orders." + database + "." + collection + ".",
        database,
        collection,
        mapping,
        new MappedTarget.Options(
            nullToUnset,
            deletes,
            new Times(TimestampUnit.MS, null),
            new MappedTarget.MongoOptions(key, versionField, MappedTarget.Decimals.DECLARED)));
  }

  /** One value a path. */
  public static MappedRecord cells(long offset, @Nullable Object... values) {
    return cellsOf(0, offset, null, values);
  }

  /** One value a path of this target, and the object of its rest. */
  public static MappedRecord cellsOf(
      int target,
      long offset,
      @Nullable Map<String, @Nullable Object> rest,
      @Nullable Object... values) {
    return new MappedRecord("orders", target, values, rest, false, origin(offset));
  }

  /** Of a record without a value. */
  public static MappedRecord tombstone(long offset, @Nullable Object... values) {
    return new MappedRecord("orders", 0, values, null, true, origin(offset));
  }

  public static RecordOrigin origin(long offset) {
    return new RecordOrigin("orders", 0, offset, TestStores.RECORD_TIME);
  }
}
