package io.datapoints.connect.store.cassandra.schema;

import com.datastax.oss.driver.api.core.CqlSession;
import io.datapoints.connect.store.Cause;
import io.datapoints.connect.store.StoreException;
import io.datapoints.connect.store.cassandra.failure.Failures;
import io.datapoints.connect.store.cassandra.failure.ServerMessage;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/**
 * Makes sure that a keyspace has its tables: creates them, waits for the task that does, or says
 * what is missing. Only what is missing is created, so a restart needs no permission to create.
 *
 * <p>A node that was away while the schema changed may lag behind the others. So what one node
 * lacks counts only when all agree: a table created a second time would be another table.
 */
public final class KeyspaceSchema {

  private final CqlSession session;
  private final RequiredTables tables;
  private final SchemaReader reader;

  public KeyspaceSchema(CqlSession session, RequiredTables tables) {
    this.session = session;
    this.tables = tables;
    this.reader = new SchemaReader(session);
  }

  /**
   * The keyspace with its tables in order, or a {@link StoreException} that says why not.
   *
   * @param creates whether this task is the one that creates
   */
  public CompletionStage<KeyspaceState> ensure(boolean creates) {
    return look()
        .thenApply(this::faultless)
        .thenCompose(state -> creates ? completed(state) : done(state))
        .thenApply(this::checked);
  }

  /** The keyspace as it is. Even a table that is not required says something by its absence. */
  public CompletionStage<KeyspaceState> look() {
    return look(tables.all());
  }

  /**
   * The schema as any node has it if that is as wanted; else as all nodes agree on it, or a {@link
   * StoreException} when they do not.
   */
  private CompletionStage<KeyspaceState> look(List<TableDefinition> wanted) {
    return read()
        .thenCompose(
            state ->
                problem(state, wanted).isEmpty()
                    ? done(state)
                    : reader.agreement().thenCompose(v -> read()));
  }

  private CompletionStage<KeyspaceState> completed(KeyspaceState state) {
    if (tables.missing(state, tables.all()).isEmpty()) {
      return done(state);
    }
    return Ddl.execute(session, tables.ddl(state))
        .thenCompose(v -> reader.agreement())
        .thenCompose(v -> read());
  }

  private static <T> CompletionStage<T> done(T value) {
    return CompletableFuture.completedFuture(value);
  }

  /**
   * Statements on tables that {@link #ensure} found. A server writes its schema down before it
   * works by it, and a node may be behind the one that was asked: it may refuse them still.
   *
   * @param prepared the server's answer
   */
  public <T> CompletionStage<T> prepared(CompletionStage<T> prepared) {
    return prepared.exceptionally(
        error -> {
          Throwable cause = Failures.unwrap(error);
          throw ServerMessage.missesSchema(cause)
              ? StoreException.retry(Cause.SCHEMA, "waiting for a node to apply the schema")
              : new CompletionException(cause);
        });
  }

  /**
   * What is missing or wrong now, after a node refused a statement; empty when the schema is still
   * as it was found. Fails with a {@link StoreException} when the nodes do not agree.
   */
  public CompletionStage<Optional<String>> problem() {
    return look(tables.required()).thenApply(state -> problem(state, tables.required()));
  }

  private Optional<String> problem(KeyspaceState state, List<TableDefinition> wanted) {
    return tables
        .missing(state, wanted)
        .map(what -> what + " is missing")
        .or(() -> state.mismatch(tables.used()));
  }

  /** Nothing is created beside what is wrong. */
  private KeyspaceState faultless(KeyspaceState state) {
    for (RequiredTables.Fault fault : tables.faults(state)) {
      throw fault.exception();
    }
    return state;
  }

  private KeyspaceState checked(KeyspaceState state) {
    // A creator makes more tables than a writer needs; the others wait for all of them.
    Optional<String> missing =
        tables.config().schema().create() ? tables.missing(state, tables.all()) : Optional.empty();
    if (missing.isPresent()) {
      throw StoreException.retry(
          Cause.SCHEMA, "waiting for the first task to create " + missing.get());
    }
    return faultless(state);
  }

  private CompletionStage<KeyspaceState> read() {
    return reader.keyspace(
        tables.config().keyspace(), tables.all().stream().map(TableDefinition::name).toList());
  }
}
