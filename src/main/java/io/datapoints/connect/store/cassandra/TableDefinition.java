package io.datapoints.connect.store.cassandra;

import java.util.List;
import java.util.stream.Collectors;

/** A table as it has to be: its name and its columns, key columns first and in their order. */
record TableDefinition(String name, List<Column> columns) {

  /** What a column is for; named as {@code system_schema.columns} names it. */
  enum Kind {
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
  record Column(String name, String type, Kind kind) {}

  static TableDefinition of(String name, Column... columns) {
    return new TableDefinition(name, List.of(columns));
  }

  static Column partitionKey(String name, String type) {
    return new Column(name, type, Kind.PARTITION_KEY);
  }

  static Column clustering(String name, String type) {
    return new Column(name, type, Kind.CLUSTERING);
  }

  static Column fixed(String name, String type) {
    return new Column(name, type, Kind.STATIC);
  }

  static Column regular(String name, String type) {
    return new Column(name, type, Kind.REGULAR);
  }

  /** The names of the columns of this kind, in their order. */
  List<String> names(Kind kind) {
    return columns.stream().filter(c -> c.kind() == kind).map(Column::name).toList();
  }

  /**
   * CQL that creates the table when it is missing.
   *
   * @param keyspace as CQL spells it
   * @param options what comes after WITH, empty for the server's defaults
   */
  String create(String keyspace, String options) {
    String declared =
        columns.stream()
            .map(c -> c.name() + " " + c.type() + (c.kind() == Kind.STATIC ? " static" : ""))
            .collect(Collectors.joining(", "));
    String partition = String.join(", ", names(Kind.PARTITION_KEY));
    String clustering =
        names(Kind.CLUSTERING).stream().map(n -> ", " + n).collect(Collectors.joining());
    return "CREATE TABLE IF NOT EXISTS %s.%s (%s, PRIMARY KEY ((%s)%s))%s"
        .formatted(
            keyspace,
            name,
            declared,
            partition,
            clustering,
            options.isBlank() ? "" : " WITH " + options.strip());
  }
}
