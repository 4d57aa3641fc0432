package io.datapoints.connect.store.cassandra.table;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import io.datapoints.connect.config.mapping.MappedTarget;
import io.datapoints.connect.config.mapping.MappedTarget.CassandraOptions;
import io.datapoints.connect.mapping.Assignment;
import io.datapoints.connect.mapping.Expression;
import io.datapoints.connect.mapping.Mapping;
import io.datapoints.connect.store.cassandra.schema.LiveTable;
import io.datapoints.connect.store.cassandra.schema.TableDefinition.Column;
import io.datapoints.connect.store.cassandra.schema.TableDefinition.Kind;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds what a mapping requires of a table that the table does not support. */
final class MappingCheck {

  private final MappedTarget target;
  private final LiveTable table;
  private final List<Assignment> assignments;

  MappingCheck(MappedTarget target, LiveTable table) {
    this.target = target;
    this.table = table;
    this.assignments = columnsOf(target.mapping());
  }

  /** The assignments to columns, without the pseudo columns. */
  static List<Assignment> columnsOf(Mapping mapping) {
    return mapping.assignments().stream().filter(each -> !each.pseudo()).toList();
  }

  /** All complaints, each with the name of the setting. */
  List<String> complaints() {
    return Stream.of(
            assignments.stream().flatMap(each -> ofAssignment(each).stream()),
            twice().stream(),
            key(),
            counters().stream())
        .flatMap(each -> each)
        .map(complaint -> target.prefix() + "mapping: " + complaint)
        .toList();
  }

  private Optional<String> ofAssignment(Assignment assignment) {
    Optional<Column> found = table.column(assignment.column());
    if (found.isEmpty()) {
      return Optional.of(
          "table " + table.fullName() + " has no column " + assignment.column() + hint(assignment));
    }
    Column column = found.get();
    return assignment.path().size() > 1
        ? ofField(assignment, column)
        : ofColumn(assignment, column);
  }

  private String hint(Assignment assignment) {
    return table.columns().stream()
        .map(Column::name)
        .filter(name -> name.equalsIgnoreCase(assignment.column()))
        .findFirst()
        .map(name -> "; it has " + name + ", and case counts")
        .orElse("");
  }

  private Optional<String> ofField(Assignment assignment, Column column) {
    String name = column.name();
    if (assignment.operation() == Assignment.Operation.ADD) {
      return Optional.of("+= is for whole columns, not for a field of " + name);
    }
    if (assignment.path().size() > 2) {
      return Optional.of("only a field of column " + name + " can be assigned, not one within it");
    }
    List<String> fields = table.types().get(typeName(column));
    if (fields == null) {
      return Optional.of(
          "a field of column "
              + name
              + " cannot be assigned: its type "
              + column.type()
              + " is no user defined type, or a frozen one");
    }
    String field = assignment.path().get(1);
    return fields.contains(field)
        ? Optional.empty()
        : Optional.of("type " + column.type() + " of column " + name + " has no field " + field);
  }

  /**
   * The name of a type without quotes: the schema lists types by name, but column types are in CQL
   * syntax.
   */
  private static String typeName(Column column) {
    String type = column.type();
    return type.startsWith("\"") ? CqlIdentifier.fromCql(type).asInternal() : type;
  }

  private Optional<String> ofColumn(Assignment assignment, Column column) {
    boolean adds = assignment.operation() == Assignment.Operation.ADD;
    String type = column.type();
    if (LiveTable.isCounter(column)) {
      return Optional.empty();
    }
    if (adds && type.startsWith("list<")) {
      return Optional.of(
          "+= is not for the list " + column.name() + ": a replay would add its elements again");
    }
    if (adds && !type.startsWith("map<") && !type.startsWith("set<")) {
      return Optional.of(
          "+= is for maps, sets and counters that are not frozen; %s is %s"
              .formatted(column.name(), type));
    }
    boolean nothing = assignment.source() instanceof Expression.Literal literal && isNull(literal);
    return nothing && LiveTable.isKey(column)
        ? Optional.of("primary key column " + column.name() + " must not be null")
        : Optional.empty();
  }

  private static boolean isNull(Expression.Literal literal) {
    return literal.value() == null;
  }

  /** Finds a column that is assigned twice; different fields of a user defined type are allowed. */
  private Optional<String> twice() {
    for (int i = 0; i < assignments.size(); i++) {
      Assignment later = assignments.get(i);
      for (Assignment earlier : assignments.subList(0, i)) {
        boolean whole = earlier.path().size() == 1 || later.path().size() == 1;
        if (earlier.column().equals(later.column())
            && (whole || earlier.path().equals(later.path()))) {
          return Optional.of("column " + later.column() + " is assigned twice");
        }
      }
    }
    return Optional.empty();
  }

  /** A row needs its whole key; static columns alone need that of their partition. */
  private Stream<String> key() {
    Kind[] kinds =
        writesStaticsOnly(target.mapping(), table)
            ? new Kind[] {Kind.PARTITION_KEY}
            : new Kind[] {Kind.PARTITION_KEY, Kind.CLUSTERING};
    return table.columns(kinds).stream()
        .map(Column::name)
        .filter(name -> !isMapped(target.mapping(), name))
        .map(name -> "primary key column " + name + " of " + table.fullName() + " is not mapped");
  }

  /** Whether a mapping has static columns and neither clustering nor other columns. */
  static boolean writesStaticsOnly(Mapping mapping, LiveTable table) {
    List<Column> others = table.columns(Kind.CLUSTERING, Kind.REGULAR);
    return others.stream().noneMatch(column -> isMapped(mapping, column.name()))
        && table.columns(Kind.STATIC).stream().anyMatch(column -> isMapped(mapping, column.name()));
  }

  /** Whether the mapping writes this column. */
  static boolean isMapped(Mapping mapping, String column) {
    Mapping.Rest rest = mapping.rest();
    return (rest != null && !rest.except().contains(column))
        || mapping.assignments().stream()
            .anyMatch(each -> !each.pseudo() && each.column().equals(column));
  }

  private Optional<String> counters() {
    boolean counters =
        assignments.stream()
            .flatMap(each -> table.column(each.column()).stream())
            .anyMatch(LiveTable::isCounter);
    if (!counters) {
      return Optional.empty();
    }
    if (!target.options().cassandra().counters()) {
      return Optional.of(
          "a counter can only be raised where "
              + target.prefix()
              + "counters is true, since a replay raises it again");
    }
    boolean timed =
        target.options().cassandra().ttlSeconds() != CassandraOptions.TTL_OF_TABLE
            || target.mapping().assignments().stream().anyMatch(Assignment::pseudo);
    return timed
        ? Optional.of("counters take neither a time to live nor a write timestamp")
        : Optional.empty();
  }
}
