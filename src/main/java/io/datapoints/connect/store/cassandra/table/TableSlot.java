package io.datapoints.connect.store.cassandra.table;

import io.datapoints.connect.mapping.Assignment;
import io.datapoints.connect.mapping.Mapping;
import io.datapoints.connect.model.MappedRecord;
import io.datapoints.connect.store.cassandra.schema.LiveTable;
import io.datapoints.connect.store.cassandra.schema.TableDefinition.Column;
import io.datapoints.connect.store.cassandra.schema.TableDefinition.Kind;
import org.jspecify.annotations.Nullable;

/**
 * A column, or a field of one, that a mapping fills.
 *
 * @param column the column
 * @param field the field of its user defined type, null for the whole column
 * @param adds whether the value is added to the stored value; to a counter it always is
 * @param assignment the position of the assignment that it comes from, or -1 for the rest
 */
public record TableSlot(Column column, @Nullable String field, boolean adds, int assignment) {

  private static final int REST = -1;

  static TableSlot of(Column column, Assignment assignment, int position) {
    return new TableSlot(
        column,
        assignment.path().size() > 1 ? assignment.path().get(1) : null,
        assignment.operation() == Assignment.Operation.ADD || LiveTable.isCounter(column),
        position);
  }

  static TableSlot ofRest(Column column) {
    return new TableSlot(column, null, false, REST);
  }

  boolean isRest() {
    return assignment == REST;
  }

  boolean partitionKey() {
    return column.kind() == Kind.PARTITION_KEY;
  }

  boolean key() {
    return LiveTable.isKey(column);
  }

  /** Whether the column is outside the key and its value comes from the contents of a record. */
  boolean isContent(Mapping mapping) {
    return !key() && (isRest() || mapping.assignments().get(assignment).source().readsContent());
  }

  /** Whether only part of the column is written, which needs an UPDATE. */
  boolean partial() {
    return adds || field != null;
  }

  /** The name of the column or field, for messages. */
  String place() {
    return field == null ? column.name() : column.name() + "." + field;
  }

  /** Whether the column is neither static nor part of the key. */
  boolean regular() {
    return column.kind() == Kind.REGULAR;
  }

  @Nullable Object value(MappedRecord record) {
    return isRest() ? record.rest(column.name()) : record.value(assignment);
  }
}
