package io.datapoints.connect.store.cassandra.table;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.ColumnDefinition;
import com.datastax.oss.driver.api.core.cql.ColumnDefinitions;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.servererrors.QueryValidationException;
import com.datastax.oss.driver.api.core.servererrors.UnauthorizedException;
import io.datapoints.connect.config.mapping.MappedTarget;
import io.datapoints.connect.mapping.Assignment;
import io.datapoints.connect.store.Cause;
import io.datapoints.connect.store.StoreException;
import io.datapoints.connect.store.cassandra.failure.Failures;
import io.datapoints.connect.store.cassandra.failure.ServerMessage;
import io.datapoints.connect.store.cassandra.schema.LiveTable;
import io.datapoints.connect.store.cassandra.schema.TableDefinition.Column;
import io.datapoints.connect.store.cassandra.schema.TableDefinition.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Prepares the statements of a target: generated ones or the user's. */
final class TableStatements {

  private static final Logger log = LoggerFactory.getLogger(TableStatements.class);

  private final CqlSession session;
  private final MappedTarget target;

  TableStatements(CqlSession session, MappedTarget target) {
    this.session = session;
    this.target = target;
  }

  /** The statements for this version of the table, which the mapping fits. */
  CompletionStage<TableForm> prepare(LiveTable live) {
    String query = target.options().cassandra().query();
    return query == null
        ? ours(live)
        : prepared(TableCql.versioned(withoutEnd(query), live), "query")
            .thenApply(prepared -> given(prepared, live));
  }

  private CompletionStage<TableForm> ours(LiveTable live) {
    List<TableSlot> slots = TableForm.slots(target, live);
    boolean staticsOnly = MappingCheck.writesStaticsOnly(target.mapping(), live);
    TableCql write = TableCql.write(live, slots);
    TableCql delete = target.options().deletes() ? TableCql.delete(live, slots, staticsOnly) : null;
    return statement(write)
        .thenCompose(
            writing ->
                (delete == null ? none() : statement(delete))
                    .thenApply(deleting -> TableForm.of(target, live, slots, writing, deleting)));
  }

  private static CompletionStage<@Nullable TableStatement> none() {
    return CompletableFuture.completedFuture(null);
  }

  private CompletionStage<@Nullable TableStatement> statement(TableCql cql) {
    return prepared(cql.text(), "mapping")
        .thenApply(prepared -> new TableStatement(prepared, cql.variables()));
  }

  /** These statements contain no payload, so the server's whole message may be reported. */
  private CompletionStage<PreparedStatement> prepared(String cql, String setting) {
    return session
        .prepareAsync(cql)
        .exceptionally(
            error -> {
              Throwable cause = Failures.unwrap(error);
              if (ServerMessage.missesSchema(cause) || isBehind(cause)) {
                throw StoreException.retry(Cause.SCHEMA, "waiting for a node to apply the schema");
              }
              throw cause instanceof QueryValidationException
                      && !(cause instanceof UnauthorizedException)
                  ? StoreException.fatal(
                      target.prefix() + setting + ": the server refuses it: " + cause.getMessage(),
                      cause)
                  : new CompletionException(cause);
            });
  }

  /**
   * Generated statements name only columns that exist, so a node that misses one has an older
   * schema. A user's statement may name any column.
   */
  private boolean isBehind(Throwable error) {
    return target.options().cassandra().query() == null && ServerMessage.missesColumn(error);
  }

  private static String withoutEnd(String query) {
    String text = query.strip();
    return text.endsWith(";") ? text.substring(0, text.length() - 1) : text;
  }

  /** The form of the user's statement: its variables are the columns. */
  private TableForm given(PreparedStatement prepared, LiveTable live) {
    ColumnDefinitions definitions = prepared.getVariableDefinitions();
    List<Integer> keys = prepared.getPartitionKeyIndices();
    Map<String, Integer> slotByName = new LinkedHashMap<>();
    List<TableSlot> slots = new ArrayList<>();
    List<Integer> variables = new ArrayList<>();
    for (int variable = 0; variable < definitions.size(); variable++) {
      ColumnDefinition definition = definitions.get(variable);
      String name = definition.getName().asInternal();
      if (name.equals(Assignment.TIMESTAMP) || name.equals(Assignment.TTL)) {
        variables.add(name.equals(Assignment.TTL) ? TableCql.TTL : TableCql.TIMESTAMP);
        continue;
      }
      if (!slotByName.containsKey(name)) {
        Kind kind = keys.contains(variable) ? Kind.PARTITION_KEY : Kind.REGULAR;
        String type = definition.getType().asCql(false, true);
        slotByName.put(name, slots.size());
        slots.add(slot(new Column(name, type, kind)));
      }
      variables.add(slotByName.getOrDefault(name, -1));
    }
    checkUnused(slotByName.keySet());
    return new TableForm(
        live,
        List.copyOf(slots),
        keys.stream().map(variables::get).toList(),
        new TableStatement(prepared, variables),
        null,
        TableForm.Kind.ONE_BY_ONE,
        false);
  }

  private TableSlot slot(Column column) {
    List<Assignment> assignments = target.mapping().assignments();
    for (int i = 0; i < assignments.size(); i++) {
      Assignment each = assignments.get(i);
      if (each.path().equals(List.of(column.name()))) {
        return TableSlot.of(column, each, i);
      }
    }
    if (target.mapping().rest() == null) {
      throw StoreException.fatal(
          target.prefix() + "query: variable " + column.name() + " is not in the mapping");
    }
    return TableSlot.ofRest(column);
  }

  /** What the query has no variable for has no effect; a warning names it. */
  private void checkUnused(Set<String> variables) {
    List<String> unused = new ArrayList<>();
    for (Assignment each : MappingCheck.columnsOf(target.mapping())) {
      String name = String.join(".", each.path());
      if (each.path().size() > 1 || each.operation() == Assignment.Operation.ADD) {
        throw StoreException.fatal(
            target.prefix()
                + "mapping: "
                + name
                + " cannot be with query, whose variables take whole values by =");
      }
      if (!variables.contains(name)) {
        unused.add(name);
      }
    }
    if (!unused.isEmpty()) {
      log.warn(
          "{}mapping: the query has no variable for {} and leaves it out", target.prefix(), unused);
    }
  }
}
