package io.datapoints.connect.store.cassandra.table;

import com.datastax.oss.driver.api.core.cql.DefaultBatchType;
import com.datastax.oss.driver.api.core.type.DataType;
import io.datapoints.connect.config.mapping.MappedTarget;
import io.datapoints.connect.mapping.Assignment;
import io.datapoints.connect.mapping.Mapping;
import io.datapoints.connect.store.cassandra.schema.LiveTable;
import io.datapoints.connect.store.cassandra.schema.TableDefinition.Column;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The columns and the statements to write one version of a table.
 *
 * @param live the table
 * @param slots what is written
 * @param partitionKey the positions of the partition key among the slots, in its order; empty if a
 *     user's statement does not reveal it
 * @param write the statement that writes
 * @param delete the statement that deletes; null if nothing is deleted
 * @param kind how rows are sent
 * @param deletesEmpty whether a row with only nulls is deleted
 */
public record TableForm(
    LiveTable live,
    List<TableSlot> slots,
    List<Integer> partitionKey,
    TableStatement write,
    @Nullable TableStatement delete,
    Kind kind,
    boolean deletesEmpty) {

  /** How the rows of a batch are sent. */
  enum Kind {
    /** As an unlogged batch of upserts. */
    UPSERTS(DefaultBatchType.UNLOGGED),
    /** As a counter batch; each repetition counts again. */
    COUNTERS(DefaultBatchType.COUNTER),
    /** One after the other, since the effect of the user's statement is unknown. */
    ONE_BY_ONE(DefaultBatchType.UNLOGGED);

    final DefaultBatchType batch;

    Kind(DefaultBatchType batch) {
      this.batch = batch;
    }
  }

  /**
   * The slots of a mapping on this table: the key first, the rest of the columns at their place.
   */
  public static List<TableSlot> slots(MappedTarget target, LiveTable live) {
    return live.columns().stream().flatMap(column -> slots(target, column).stream()).toList();
  }

  private static List<TableSlot> slots(MappedTarget target, Column column) {
    List<Assignment> assignments = target.mapping().assignments();
    List<TableSlot> assigned =
        IntStream.range(0, assignments.size())
            .filter(i -> !assignments.get(i).pseudo())
            .filter(i -> assignments.get(i).column().equals(column.name()))
            .mapToObj(i -> TableSlot.of(column, assignments.get(i), i))
            .toList();
    Mapping.Rest rest = target.mapping().rest();
    boolean takesRest =
        assigned.isEmpty()
            && rest != null
            && !rest.except().contains(column.name())
            && !LiveTable.isCounter(column);
    return takesRest ? List.of(TableSlot.ofRest(column)) : assigned;
  }

  /** The form of a target whose statements are ours. */
  public static TableForm of(
      MappedTarget target,
      LiveTable live,
      List<TableSlot> slots,
      TableStatement write,
      @Nullable TableStatement delete) {
    List<Integer> partitionKey =
        IntStream.range(0, slots.size())
            .filter(slot -> slots.get(slot).partitionKey())
            .boxed()
            .toList();
    boolean counters = slots.stream().anyMatch(slot -> LiveTable.isCounter(slot.column()));
    List<Column> others = live.columns().stream().filter(c -> !LiveTable.isKey(c)).toList();
    boolean coversAll =
        slots.stream().anyMatch(slot -> slot.isContent(target.mapping()))
            && slots.stream().noneMatch(TableSlot::partial)
            && others.stream()
                .allMatch(column -> slots.stream().anyMatch(slot -> slot.column().equals(column)));
    return new TableForm(
        live,
        slots,
        partitionKey,
        write,
        delete,
        counters ? Kind.COUNTERS : Kind.UPSERTS,
        coversAll && delete != null);
  }

  /**
   * The lists to which Cassandra adds the elements again when a record is delivered again: it keys
   * each element by its time of arrival, even if the whole list is set.
   */
  List<String> growingLists() {
    return slots.stream()
        .map(TableSlot::column)
        .filter(column -> column.type().startsWith("list<"))
        .map(Column::name)
        .toList();
  }

  /**
   * Whether the driver may send a statement again before it knows the outcome of the first attempt.
   * The effect of a user's statement is unknown, so it is not idempotent.
   */
  boolean isIdempotent() {
    return kind == Kind.UPSERTS && growingLists().isEmpty();
  }

  /**
   * Whether rows of several partitions may share a request. Where it is repeated for one of them,
   * the others are written twice. What a user's statement does is unknown, and Cassandra takes no
   * counters in a batch with anything else.
   */
  boolean isShareable() {
    return isIdempotent() && !partitionKey.isEmpty();
  }

  boolean deletes() {
    return delete != null;
  }

  /** Whether each record has to reach the server, since no record replaces another. */
  boolean keepsAll() {
    return kind == Kind.ONE_BY_ONE || slots.stream().anyMatch(TableSlot::adds);
  }

  TableStatement statement(boolean deletes) {
    return deletes && delete != null ? delete : write;
  }

  DataType type(int slot) {
    return write.prepared().getVariableDefinitions().get(write.variableOf(slot)).getType();
  }

  /** The fields that go to the columns of their names. */
  Set<String> restNames() {
    return slots.stream()
        .filter(TableSlot::isRest)
        .map(slot -> slot.column().name())
        .collect(Collectors.toUnmodifiableSet());
  }

  String partitionKeyNames() {
    return partitionKey.stream()
        .map(slot -> slots.get(slot).place())
        .collect(Collectors.joining(", "));
  }

  String clusteringNames() {
    return slots.stream()
        .filter(slot -> slot.key() && !slot.partitionKey())
        .map(TableSlot::place)
        .collect(Collectors.joining(", "));
  }
}
