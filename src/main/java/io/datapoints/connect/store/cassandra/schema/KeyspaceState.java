package io.datapoints.connect.store.cassandra.schema;

import io.datapoints.connect.store.cassandra.schema.TableDefinition.Column;
import io.datapoints.connect.store.cassandra.schema.TableDefinition.Kind;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a keyspace has, as the server's own schema tables say.
 *
 * @param keyspace its name
 * @param exists whether it is there at all
 * @param tables columns by table name; key columns come in their order
 */
public record KeyspaceState(String keyspace, boolean exists, Map<String, List<Column>> tables) {

  public boolean has(TableDefinition table) {
    return tables.containsKey(table.name());
  }

  /** The tables of these that are missing. */
  List<TableDefinition> missing(List<TableDefinition> wanted) {
    return wanted.stream().filter(table -> !has(table)).toList();
  }

  /**
   * A table that is not as it has to be.
   *
   * @param columns those that it lacks, or that a key should not have
   */
  record Mismatch(String problem, Set<String> columns) {}

  /** What is wrong with the first of these tables that is there and not as it has to be. */
  public Optional<String> mismatch(List<TableDefinition> wanted) {
    return mismatches(wanted).stream().map(Mismatch::problem).findFirst();
  }

  /** What is wrong with each of these tables that is there and not as it has to be. */
  List<Mismatch> mismatches(List<TableDefinition> wanted) {
    return wanted.stream().filter(this::has).flatMap(t -> mismatch(t).stream()).toList();
  }

  private Optional<Mismatch> mismatch(TableDefinition wanted) {
    List<Column> actual = tables.getOrDefault(wanted.name(), List.of());
    for (Column column : wanted.columns()) {
      if (!actual.contains(column)) {
        return Optional.of(
            new Mismatch(
                "table %s.%s has no %s column %s of type %s"
                    .formatted(
                        keyspace, wanted.name(), text(column.kind()), column.name(), column.type()),
                Set.of(column.name())));
      }
    }
    TableDefinition found = new TableDefinition(wanted.name(), actual, List.of());
    for (Kind kind : List.of(Kind.PARTITION_KEY, Kind.CLUSTERING)) {
      if (!found.names(kind).equals(wanted.names(kind))) {
        Set<String> further = new HashSet<>(found.names(kind));
        further.removeAll(wanted.names(kind));
        return Optional.of(
            new Mismatch(
                "table %s.%s has the %s columns %s instead of %s"
                    .formatted(
                        keyspace, wanted.name(), text(kind), found.names(kind), wanted.names(kind)),
                further));
      }
    }
    return Optional.empty();
  }

  private static String text(Kind kind) {
    return switch (kind) {
      case PARTITION_KEY -> "partition key";
      case CLUSTERING -> "clustering";
      case STATIC -> "static";
      case REGULAR -> "regular";
    };
  }
}
