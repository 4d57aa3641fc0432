package io.datapoints.connect.store.cassandra;

import com.datastax.oss.driver.api.core.CqlIdentifier;
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
record TableCql(String text, List<Integer> variables) {

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

    /** Writes a whole row, as far as its values are set. */
    TableCql insert() {
      String names = slots.stream().map(Writer::quoted).collect(Collectors.joining(", "));
      String values = slots.stream().map(this::variable).collect(Collectors.joining(", "));
      return done(
          "INSERT INTO %s (%s) VALUES (%s) USING TIMESTAMP %s AND TTL %s"
              .formatted(name(), names, values, variable(TIMESTAMP), variable(TTL)));
    }

    /** Writes parts of columns, and those columns beside them that are written whole. */
    TableCql update() {
      String using = " USING TIMESTAMP %s AND TTL %s".formatted(variable(TIMESTAMP), variable(TTL));
      return done("UPDATE " + name() + using + " SET " + changes() + where());
    }

    /** Raises counters. */
    TableCql raise() {
      return done("UPDATE " + name() + " SET " + changes() + where());
    }

    /** Deletes the row, or the static columns where nothing else is written. */
    TableCql delete(boolean staticsOnly) {
      String columns =
          staticsOnly
              ? slots.stream()
                  .filter(slot -> !slot.key())
                  .map(Writer::quoted)
                  .distinct()
                  .collect(Collectors.joining(", ", " ", ""))
              : "";
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
      String column = quoted(slot);
      String field = slot.field();
      if (field != null) {
        return column + "." + quoted(field) + " = " + variable(slot);
      }
      return slot.adds()
          ? column + " = " + column + " + " + variable(slot)
          : column + " = " + variable(slot);
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

  /** The text with the version of the table, for which see {@link LiveTable#version}. */
  static String versioned(String text, LiveTable table) {
    return text + " /* " + table.version() + " */";
  }

  /** The statement that a target's slots call for. */
  static TableCql write(LiveTable table, List<TableSlot> slots) {
    Writer writer = new Writer(table, slots);
    if (slots.stream().anyMatch(slot -> LiveTable.isCounter(slot.column()))) {
      return writer.raise();
    }
    return slots.stream().anyMatch(TableSlot::partial) ? writer.update() : writer.insert();
  }

  /** The statement that deletes, null where nothing is ever deleted. */
  static @Nullable TableCql delete(
      LiveTable table, List<TableSlot> slots, boolean staticsOnly, boolean wanted) {
    return wanted && !table.hasCounters() ? new Writer(table, slots).delete(staticsOnly) : null;
  }
}
