package io.datapoints.connect.store.cassandra.schema;

import io.datapoints.connect.store.cassandra.schema.TableDefinition.Column;
import io.datapoints.connect.store.cassandra.schema.TableDefinition.Kind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A table as the server has it.
 *
 * @param id changes when the table is dropped and created again
 * @param columns the key first and in its order
 * @param types the user defined types of the keyspace: field names by type name
 * @param typesText the types with the types of their fields, to tell one version from another
 */
public record LiveTable(
    String keyspace,
    String name,
    String id,
    List<Column> columns,
    Map<String, List<String>> types,
    String typesText) {

  /** For messages. */
  public String fullName() {
    return keyspace + "." + name;
  }

  public Optional<Column> column(String column) {
    return columns.stream().filter(each -> each.name().equals(column)).findFirst();
  }

  /** The columns of these kinds, in their order. */
  public List<Column> columns(Kind... kinds) {
    return columns.stream().filter(each -> List.of(kinds).contains(each.kind())).toList();
  }

  public boolean hasCounters() {
    return columns.stream().anyMatch(LiveTable::isCounter);
  }

  public static boolean isCounter(Column column) {
    return column.type().equals("counter");
  }

  public static boolean isKey(Column column) {
    return column.kind() == Kind.PARTITION_KEY || column.kind() == Kind.CLUSTERING;
  }

  /**
   * Differs for tables to which the same statement would mean something else. The driver keeps
   * prepared statements by their text, with the types of the table as it was then; with this in the
   * text it asks the server again. The same in every JVM, so that a start finds the statements that
   * the server has prepared already.
   */
  public String version() {
    String text =
        columns.stream()
            .map(column -> column.name() + " " + column.type() + " " + column.kind().name())
            .collect(Collectors.joining(", ", id + " (", ") " + typesText));
    return Integer.toHexString(text.hashCode());
  }
}
