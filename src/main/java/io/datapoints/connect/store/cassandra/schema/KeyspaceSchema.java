package io.datapoints.connect.store.cassandra.schema;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import io.datapoints.connect.config.cassandra.CassandraConfig;
import io.datapoints.connect.store.Cause;
import io.datapoints.connect.store.StoreException;
import io.datapoints.connect.store.cassandra.failure.FailureTable;
import io.datapoints.connect.store.cassandra.failure.ServerMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/**
 * Makes sure that a keyspace has its tables: creates them, waits for the task that does, or says
 * what is missing. Only what is missing is created, so a restart needs no permission to create.
 *
 * <p>A node that was away while the schema changed may lag behind the others. So what one node
 * lacks counts only when all agree: a table created a second time would be another table.
 */
public final class KeyspaceSchema {

  /** A schema change takes longer than a write, above all in a large cluster. */
  private static final Duration DDL_TIMEOUT = Duration.ofSeconds(30);

  private final CqlSession session;
  private final CassandraConfig config;
  private final Tables tables;
  private final KeyspaceCheck check;
  private final SchemaReader reader;

  /**
   * The tables of a layout.
   *
   * @param all what is created
   * @param used what is read or written, and so must have the right columns when it is there
   * @param required what cannot be done without
   * @param tunable the table that the configured table options are for
   * @param settings by column, which setting decides whether there is one
   */
  public record Tables(
      List<TableDefinition> all,
      List<TableDefinition> used,
      List<TableDefinition> required,
      TableDefinition tunable,
      Map<String, String> settings) {

    /** A layout of one table. */
    public static Tables only(TableDefinition table, Map<String, String> settings) {
      return new Tables(List.of(table), List.of(table), List.of(table), table, settings);
    }

    /**
     * CQL that creates one of them when it is missing.
     *
     * @param keyspace as CQL spells it
     */
    public String create(TableDefinition table, String keyspace, CassandraConfig config) {
      return table.create(keyspace, table.equals(tunable) ? config.schema().tableOptions() : "");
    }
  }

  public KeyspaceSchema(CqlSession session, CassandraConfig config, Tables tables) {
    this.session = session;
    this.config = config;
    this.tables = tables;
    this.check = new KeyspaceCheck(config, tables);
    this.reader = new SchemaReader(session, config.keyspace(), tables.all());
  }

  /**
   * The keyspace with its tables in order, or an {@link StoreException} that says why not.
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

  /** The rules that it is looked at by. */
  public KeyspaceCheck check() {
    return check;
  }

  /**
   * The schema as any node has it if that is as wanted; else as all nodes agree on it, or an {@link
   * StoreException} when they do not.
   */
  private CompletionStage<KeyspaceState> look(List<TableDefinition> wanted) {
    return reader
        .read()
        .thenCompose(
            state ->
                complaint(state, wanted).isEmpty()
                    ? done(state)
                    : SchemaAgreement.of(session).thenCompose(v -> reader.read()));
  }

  private CompletionStage<KeyspaceState> completed(KeyspaceState state) {
    if (check.missing(state, tables.all()).isEmpty()) {
      return done(state);
    }
    return create(state)
        .thenCompose(v -> SchemaAgreement.of(session))
        .thenCompose(v -> reader.read());
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
          Throwable cause = FailureTable.unwrap(error);
          throw ServerMessage.missesSchema(cause)
              ? StoreException.retry(Cause.SCHEMA, "waiting for a node to apply the schema")
              : new CompletionException(cause);
        });
  }

  /**
   * What is missing or wrong now, after a node refused a statement; empty when the schema is still
   * as it was found. Fails with an {@link StoreException} when the nodes do not agree.
   */
  public CompletionStage<Optional<String>> problem() {
    return look(tables.required()).thenApply(state -> complaint(state, tables.required()));
  }

  private Optional<String> complaint(KeyspaceState state, List<TableDefinition> wanted) {
    return check
        .missing(state, wanted)
        .map(what -> what + " is missing")
        .or(() -> state.mismatch(tables.used()));
  }

  /** Nothing is created beside what is wrong. */
  private KeyspaceState faultless(KeyspaceState state) {
    for (KeyspaceCheck.Fault fault : check.faults(state)) {
      throw fault.exception();
    }
    return state;
  }

  private KeyspaceState checked(KeyspaceState state) {
    // A creator makes more tables than a writer needs; the others wait for all of them.
    Optional<String> missing =
        config.schema().create() ? check.missing(state, tables.all()) : Optional.empty();
    if (missing.isPresent()) {
      throw StoreException.retry(
          Cause.SCHEMA, "waiting for the first task to create " + missing.get());
    }
    return faultless(state);
  }

  private CompletionStage<Void> create(KeyspaceState state) {
    String keyspace = CqlIdentifier.fromInternal(config.keyspace()).asCql(true);
    List<String> statements = new ArrayList<>();
    if (!state.exists()) {
      statements.add(createKeyspace(keyspace, config));
    }
    for (TableDefinition table : state.missing(tables.all())) {
      statements.add(tables.create(table, keyspace, config));
    }
    // One after the other: concurrent changes are what schema disagreements are made of.
    CompletionStage<Void> created = CompletableFuture.completedFuture(null);
    for (String statement : statements) {
      created = created.thenCompose(v -> execute(statement));
    }
    return created;
  }

  /**
   * CQL that creates a keyspace when it is missing.
   *
   * @param keyspace as CQL spells it
   */
  public static String createKeyspace(String keyspace, CassandraConfig config) {
    String replication =
        config.schema().replication().entrySet().stream()
            .map(e -> literal(e.getKey()) + ": " + literal(e.getValue()))
            .collect(Collectors.joining(", ", "{", "}"));
    return "CREATE KEYSPACE IF NOT EXISTS " + keyspace + " WITH replication = " + replication;
  }

  private static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  /**
   * Sent to one node alone: another one that has not heard of the table yet would create it under
   * an id of its own, and what was written to the other of the two would be gone.
   */
  private CompletionStage<Void> execute(String ddl) {
    return session
        .executeAsync(SimpleStatement.newInstance(ddl).setTimeout(DDL_TIMEOUT).setIdempotent(false))
        .thenApply(result -> null);
  }
}
