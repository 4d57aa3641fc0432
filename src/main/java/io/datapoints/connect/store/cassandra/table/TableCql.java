package io.datapoints.connect.store.cassandra.table;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import io.datapoints.connect.store.cassandra.schema.LiveTable;
import io.datapoints.connect.store.cassandra.schema.TableDefinition.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A statement on a table that is not prepared yet.
 *
 * @param text CQL with variables
 * @param variables what each variable is: the position of a slot, {@link #TIMESTAMP} or {@link
 *     #TTL}
 */
public record TableCql(String text, List<Integer> variables) {

  static final int TIMESTAMP = -1;
  static final int TTL = -2;

  /** Writes the statements for the slots of a table. */
  static final class Writer {

    private final LiveTable table;
    private final List<TableSlot> slots;
    private final List<Integer> variables = new ArrayList<>();

    Writer(LiveTable table, List<TableSlot> slots) {
      this.table = table;
      this.slots = slots;
    }

    /** An INSERT of all slots; unset values leave their columns as they are. */
    TableCql insert() {
      String names = slots.stream().map(Writer::quoted).collect(Collectors.joining(", "));
      String values = slots.stream().map(this::variable).collect(Collectors.joining(", "));
      return done(
          "INSERT INTO %s (%s) VALUES (%s) USING TIMESTAMP %s AND TTL %s"
              .formatted(name(), names, values, variable(TIMESTAMP), variable(TTL)));
    }

    /** An UPDATE, which can write parts of columns as well as whole columns. */
    TableCql update() {
      String using = " USING TIMESTAMP %s AND TTL %s".formatted(variable(TIMESTAMP), variable(TTL));
      return done("UPDATE " + name() + using + " SET " + changes() + where());
    }

    /** An UPDATE that increments counters. */
    TableCql raise() {
      return done("UPDATE " + name() + " SET " + changes() + where());
    }

    /** Deletes the row. */
    TableCql delete() {
      return delete("");
    }

    /**
     * Sets the mapped columns to null without creating a row: the static columns if no others are
     * mapped, otherwise only the regular ones, since the rows of a partition share the static
     * columns.
     */
    TableCql delete(boolean staticsOnly) {
      return delete(
          slots.stream()
              .filter(slot -> staticsOnly ? !slot.key() : slot.regular())
              .map(Writer::part)
              .collect(Collectors.joining(", ", " ", "")));
    }

    private TableCql delete(String columns) {
      String using = " USING TIMESTAMP " + variable(TIMESTAMP);
      return done("DELETE" + columns + " FROM " + name() + using + where());
    }

    private String changes() {
      return slots.stream()
          .filter(slot -> !slot.key())
          .map(this::change)
          .collect(Collectors.joining(", "));
    }

    private String change(TableSlot slot) {
      String part = part(slot);
      return slot.adds()
          ? part + " = " + part + " + " + variable(slot)
          : part + " = " + variable(slot);
    }

    /** The column, or the field of it. */
    private static String part(TableSlot slot) {
      String field = slot.field();
      return field == null ? quoted(slot) : quoted(slot) + "." + quoted(field);
    }

    private String where() {
      return slots.stream()
          .filter(TableSlot::key)
          .map(slot -> quoted(slot) + " = " + variable(slot))
          .collect(Collectors.joining(" AND ", " WHERE ", ""));
    }

    private String name() {
      return quoted(table.keyspace()) + "." + quoted(table.name());
    }

    private String variable(TableSlot slot) {
      return variable(slots.indexOf(slot));
    }

    private String variable(int meaning) {
      variables.add(meaning);
      return "?";
    }

    private static String quoted(TableSlot slot) {
      return quoted(slot.column().name());
    }

    private static String quoted(String name) {
      return CqlIdentifier.fromInternal(name).asCql(true);
    }

    private TableCql done(String text) {
      List<Integer> meanings = List.copyOf(variables);
      variables.clear();
      return new TableCql(versioned(text, table), meanings);
    }
  }

  /** Appends the version of the table to the text; see {@link LiveTable#version}. */
  static String versioned(String text, LiveTable table) {
    return text + " /* " + table.version() + " */";
  }

  /** The statement that writes these slots. */
  public static TableCql write(LiveTable table, List<TableSlot> slots) {
    Writer writer = new Writer(table, slots);
    if (slots.stream().anyMatch(slot -> LiveTable.isCounter(slot.column()))) {
      return writer.raise();
    }
    return slots.stream().anyMatch(TableSlot::partial) ? writer.update() : writer.insert();
  }

  /** The statement that deletes; null if there is nothing to delete. */
  static @Nullable TableCql delete(LiveTable table, List<TableSlot> slots, boolean staticsOnly) {
    if (table.hasCounters()) {
      return null;
    }
    Writer writer = new Writer(table, slots);
    if (!staticsOnly && coversRow(table, slots)) {
      return writer.delete();
    }
    return staticsOnly || slots.stream().anyMatch(TableSlot::regular)
        ? writer.delete(staticsOnly)
        : null;
  }

  /** Whether the slots write every regular column, so that no other writer fills the row. */
  static boolean coversRow(LiveTable table, List<TableSlot> slots) {
    return table.columns(Kind.REGULAR).stream()
        .allMatch(
            column ->
                slots.stream()
                    .anyMatch(slot -> slot.column().equals(column) && slot.field() == null));
  }
}
