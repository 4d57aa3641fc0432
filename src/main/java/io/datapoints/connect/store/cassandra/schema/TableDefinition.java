package io.datapoints.connect.store.cassandra.schema;

import java.util.List;

/**
 * A table as it has to be.
 *
 * @param columns key columns first and in their order
 * @param options what CREATE TABLE says after WITH, the order of clustering included. They are for
 *     a table that is created: one that exists may have others, since they change how rows are
 *     stored and sorted, but not which rows there are
 */
public record TableDefinition(String name, List<Column> columns, List<String> options) {

  /** What a column is for; named as {@code system_schema.columns} names it. */
  public enum Kind {
    PARTITION_KEY,
    CLUSTERING,
    STATIC,
    REGULAR
  }

  /**
   * One column.
   *
   * @param type as {@code system_schema.columns} writes it
   */
  public record Column(String name, String type, Kind kind) {}

  public static TableDefinition of(String name, Column... columns) {
    return new TableDefinition(name, List.of(columns), List.of());
  }

  /** The same table, created with these options. */
  public TableDefinition with(List<String> options) {
    return new TableDefinition(name, columns, List.copyOf(options));
  }

  public static Column partitionKey(String name, String type) {
    return new Column(name, type, Kind.PARTITION_KEY);
  }

  public static Column clustering(String name, String type) {
    return new Column(name, type, Kind.CLUSTERING);
  }

  public static Column fixed(String name, String type) {
    return new Column(name, type, Kind.STATIC);
  }

  public static Column regular(String name, String type) {
    return new Column(name, type, Kind.REGULAR);
  }

  /** The names of the columns of this kind, in their order. */
  List<String> names(Kind kind) {
    return columns.stream().filter(c -> c.kind() == kind).map(Column::name).toList();
  }
}
