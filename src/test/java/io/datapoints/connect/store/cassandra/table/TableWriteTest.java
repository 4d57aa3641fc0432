package io.datapoints.connect.store.cassandra.table;

import static io.datapoints.connect.store.cassandra.TestTables.cells;
import static io.datapoints.connect.store.cassandra.TestTables.set;
import static io.datapoints.connect.store.cassandra.TestTables.target;
import static io.datapoints.connect.store.cassandra.schema.TableDefinition.partitionKey;
import static io.datapoints.connect.store.cassandra.schema.TableDefinition.regular;
import static org.assertj.core.api.Assertions.assertThat;

import io.datapoints.connect.config.cassandra.SharedBatches;
import io.datapoints.connect.config.mapping.MappedTarget;
import io.datapoints.connect.store.cassandra.ScriptedSession;
import io.datapoints.connect.store.cassandra.TestTables;
import io.datapoints.connect.store.cassandra.TestTables.Wish;
import io.datapoints.connect.store.cassandra.codec.ValueBytes;
import io.datapoints.connect.store.cassandra.request.SharedBatchLimits;
import io.datapoints.connect.store.cassandra.schema.LiveTable;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the driver may do with the requests of a table on its own account. */
class TableWriteTest {

  private static final MappedTarget TARGET = target("ks", "t", Wish.PLAIN, set("a"), set("b"));

  private final ScriptedSession session = new ScriptedSession();

  @ParameterizedTest
  @CsvSource({
    "int, true",
    "set<int>, true",
    "frozen<list<int>>, true",
    "list<int>, false",
  })
  void theDriverRepeatsOnlyWhatMayBeThereTwice(String type, boolean repeats) {
    for (int rows = 1; rows <= 2; rows++) {
      RowPlanner version = planner(form(type));
      List<TableRow> planned =
          List.of(1, 2).subList(0, rows).stream()
              .map(
                  offset ->
                      version.plan(
                          cells(offset, blob(0), blob(offset)),
                          1,
                          new PartitionMemo(),
                          new ValueBytes()))
              .map(TableRow.class::cast)
              .toList();
      write(version).of(planned);
      Boolean idempotent = session.take().get(0).statement().isIdempotent();
      assertThat(!Boolean.FALSE.equals(idempotent)).isEqualTo(repeats);
    }
  }

  @Test
  void ofAStatementOfTheUsersNobodyKnowsWhetherItMayBeRepeated() {
    TableForm ours = form("int");
    TableForm users =
        new TableForm(
            ours.live(),
            ours.slots(),
            ours.partitionKey(),
            ours.write(),
            null,
            TableForm.Kind.ONE_BY_ONE,
            false);
    assertThat(ours.isIdempotent()).isTrue();
    assertThat(users.isIdempotent()).isFalse();
  }

  private static ByteBuffer blob(int content) {
    return ByteBuffer.wrap(new byte[] {(byte) content});
  }

  private static TableForm form(String type) {
    LiveTable live =
        new LiveTable(
            "ks", "t", "id", List.of(partitionKey("a", "blob"), regular("b", type)), Map.of(), "");
    List<TableSlot> slots = TableForm.slots(TARGET, live);
    TableCql insert = TableCql.write(live, slots);
    TableStatement write =
        new TableStatement(ScriptedSession.prepare(insert.text()), insert.variables());
    return TableForm.of(TARGET, live, slots, write, null);
  }

  private RowPlanner planner(TableForm form) {
    TopicTable owner = TestTables.unopened(session.session(), TARGET);
    return new RowPlanner(owner, TARGET, form, 0);
  }

  private TableWrite write(RowPlanner version) {
    return new TableWrite(
        session.session(),
        TARGET,
        version,
        new SharedBatchLimits(new SharedBatches(10, 5120)),
        () -> CompletableFuture.completedFuture(Optional.empty()));
  }
}
