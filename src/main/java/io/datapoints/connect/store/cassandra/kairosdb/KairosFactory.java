package io.datapoints.connect.store.cassandra.kairosdb;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import io.datapoints.connect.config.CassandraSinkConfig;
import io.datapoints.connect.config.KairosConfig;
import io.datapoints.connect.config.KairosIndexConfig;
import io.datapoints.connect.config.cassandra.CassandraConfig;
import io.datapoints.connect.kairosdb.format.ColumnUnit;
import io.datapoints.connect.kairosdb.format.RowLayout;
import io.datapoints.connect.kairosdb.format.TtlPolicy;
import io.datapoints.connect.store.ValidationResult.SettingError;
import io.datapoints.connect.store.cassandra.kairosdb.index.IndexStatements;
import io.datapoints.connect.store.cassandra.kairosdb.index.IndexWriter;
import io.datapoints.connect.store.cassandra.request.CassandraLayout;
import io.datapoints.connect.store.cassandra.request.Replicas;
import io.datapoints.connect.store.cassandra.request.SharedBatchLimits;
import io.datapoints.connect.store.cassandra.schema.Ddl;
import io.datapoints.connect.store.cassandra.schema.Grants;
import io.datapoints.connect.store.cassandra.schema.KeyspaceSchema;
import io.datapoints.connect.store.cassandra.schema.KeyspaceState;
import io.datapoints.connect.store.cassandra.schema.LastExpiry;
import io.datapoints.connect.store.cassandra.schema.RequiredTables;
import io.datapoints.connect.store.cassandra.schema.TableDefinition;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/** Makes a keyspace ready for KairosDB's points: tables, spec, statements, in this order. */
public final class KairosFactory implements CassandraLayout.Factory {

  private final CassandraConfig connection;
  private final KairosIndexConfig index;
  private final KairosConfig.Ttl ttl;
  private final boolean createsSchema;
  private final Clock clock;
  private final String keyspace;
  private final RequiredTables tables;

  /** What a keyspace and its cluster say about rows. */
  private record Rows(RowLayout layout, TtlPolicy policy) {}

  private record Statements(PreparedStatement point, IndexStatements index) {}

  /**
   * @param createsSchema whether this is the one task that creates what is missing
   */
  public KairosFactory(CassandraSinkConfig config, boolean createsSchema, Clock clock) {
    this.connection = config.cassandra();
    this.index = config.kairosIndex();
    this.ttl = config.pipeline().kairos().ttl();
    this.createsSchema = createsSchema;
    this.clock = clock;
    this.keyspace = Ddl.quoted(connection.keyspace());
    this.tables = KairosTables.of(connection, !index.tagIndex().tagsByMetric().isEmpty());
  }

  @Override
  public CompletionStage<KairosLayout> open(CqlSession session) {
    boolean tagIndex = !index.tagIndex().tagsByMetric().isEmpty();
    KeyspaceSchema schema = new KeyspaceSchema(session, tables);
    return schema
        .ensure(createsSchema)
        .thenCompose(state -> rowLayout(session, state))
        .thenCombine(
            LastExpiry.of(session),
            (rowLayout, lastExpirySeconds) ->
                new Rows(rowLayout, policy(rowLayout, lastExpirySeconds)))
        .thenCompose(
            rows ->
                schema
                    .prepared(
                        PointRow.prepare(session, keyspace)
                            .thenCombine(
                                IndexStatements.prepare(session, keyspace, tagIndex),
                                Statements::new))
                    .thenApply(statements -> layout(session, schema, rows, statements)));
  }

  @Override
  public List<String> ddl() {
    return tables.ddl();
  }

  @Override
  public CompletionStage<List<SettingError>> look(CqlSession session, Grants grants) {
    return new KeyspaceSchema(session, tables)
        .look()
        .thenCompose(
            state -> {
              List<SettingError> errors = tables.errors(state, grants);
              if (state.has(KairosTables.SPEC)) {
                on(KairosTables.SPEC, "SELECT", grants).ifPresent(errors::add);
              } else if (connection.schema().create()) {
                onMetricNames(state, grants).ifPresent(errors::add);
              }
              // What is no table of KairosDB, or may not be read, has no layout to look at.
              return state.has(KairosTables.SPEC) && errors.isEmpty()
                  ? ofSpec(session, state, grants)
                  : CompletableFuture.completedFuture(errors);
            });
  }

  /** A task that finds the spec incomplete completes it, depending on what the keyspace holds. */
  private CompletionStage<List<SettingError>> ofSpec(
      CqlSession session, KeyspaceState state, Grants grants) {
    return spec(session)
        .isComplete()
        .thenApply(
            complete ->
                complete
                    ? List.of()
                    : Stream.of(
                            on(KairosTables.SPEC, "MODIFY", grants), onMetricNames(state, grants))
                        .flatMap(Optional::stream)
                        .toList());
  }

  /** They mark a keyspace of KairosDB 1.2. The role that creates their table may read it. */
  private Optional<SettingError> onMetricNames(KeyspaceState state, Grants grants) {
    return state.has(KairosTables.STRING_INDEX)
        ? on(KairosTables.STRING_INDEX, "SELECT", grants)
        : Optional.empty();
  }

  private Optional<SettingError> on(TableDefinition table, String permission, Grants grants) {
    return grants.to(permission, connection.keyspace(), List.of(table.name()));
  }

  private SpecTable spec(CqlSession session) {
    return new SpecTable(session, keyspace, connection.consistencyLevel(), clock);
  }

  /** A keyspace without a spec table is one of KairosDB 1.2. */
  private CompletionStage<RowLayout> rowLayout(CqlSession session, KeyspaceState state) {
    if (!state.has(KairosTables.SPEC)) {
      return CompletableFuture.completedFuture(RowLayout.of(ColumnUnit.LEGACY));
    }
    // Where tables are created, one task alone completes the spec; elsewhere each may.
    boolean completes = createsSchema || !connection.schema().create();
    return spec(session).layout(completes);
  }

  private TtlPolicy policy(RowLayout rowLayout, long lastExpirySeconds) {
    return new TtlPolicy(
        ttl.defaultSeconds(),
        ttl.force(),
        ttl.align(),
        rowLayout.widthSeconds(),
        lastExpirySeconds);
  }

  private KairosLayout layout(
      CqlSession session, KeyspaceSchema schema, Rows rows, Statements statements) {
    Map<String, List<String>> indexedTags = index.tagIndex().tagsByMetric();
    Replicas replicas = new Replicas(session, connection.localDatacenter(), connection.keyspace());
    SharedBatchLimits sharedLimits = new SharedBatchLimits(connection.sharedBatches());
    IndexWriter writer =
        new IndexWriter(
            session,
            statements.index(),
            indexedTags,
            replicas::group,
            sharedLimits,
            index.memoryBytes(),
            rows.policy(),
            IndexWriter.timer(session),
            clock);
    return new KairosLayout(
        session,
        statements.point(),
        new KairosPlanner(rows.layout(), rows.policy(), new RowKeyCache(indexedTags), clock),
        writer,
        replicas,
        sharedLimits,
        schema::problem);
  }
}
