package io.datapoints.connect.store.cassandra.flows;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.CqlSession;
import io.datapoints.connect.config.CassandraSinkConfig;
import io.datapoints.connect.config.FlowsConfig;
import io.datapoints.connect.config.FlowsTableConfig.Bucket;
import io.datapoints.connect.config.cassandra.CassandraConfig;
import io.datapoints.connect.model.TtlLimits;
import io.datapoints.connect.store.StoreException;
import io.datapoints.connect.store.ValidationResult.SettingError;
import io.datapoints.connect.store.cassandra.request.CassandraLayout;
import io.datapoints.connect.store.cassandra.schema.Grants;
import io.datapoints.connect.store.cassandra.schema.KeyspaceSchema;
import io.datapoints.connect.store.cassandra.schema.RequiredTables;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Makes a keyspace ready for flows: the table, and the one statement that writes to it. */
public final class FlowsOpener implements CassandraLayout.Factory {

  /** Conversations of a task whose keys are kept encoded. */
  private static final int CACHED_CONVERSATIONS = 100_000;

  private final CassandraConfig connection;
  private final RequiredTables tables;
  private final Bucket bucket;
  private final int ttlSeconds;
  private final boolean createsSchema;
  private final Clock clock;

  /**
   * @param createsSchema whether this is the one task that creates what is missing
   */
  public FlowsOpener(CassandraSinkConfig config, boolean createsSchema, Clock clock) {
    this.connection = config.cassandra();
    this.bucket = config.flowsTable().bucket();
    this.ttlSeconds = config.pipeline().flows().ttlSeconds();
    this.tables = FlowsTable.tables(config);
    this.createsSchema = createsSchema;
    this.clock = clock;
  }

  @Override
  public CompletionStage<FlowsLayout> open(CqlSession session) {
    checkTtl();
    KeyspaceSchema schema = schema(session);
    String keyspace = CqlIdentifier.fromInternal(connection.keyspace()).asCql(true);
    return schema
        .ensure(createsSchema)
        .thenCompose(
            state -> schema.prepared(session.prepareAsync(tables.tunable().insert(keyspace))))
        .thenApply(
            insert ->
                new FlowsLayout(
                    session, insert, new FlowPlanner(partitions(), clock), schema::problem));
  }

  @Override
  public CompletionStage<List<SettingError>> look(CqlSession session, Grants grants) {
    checkTtl();
    KeyspaceSchema schema = schema(session);
    return schema.look().thenApply(state -> tables.errors(state, grants));
  }

  @Override
  public List<String> ddl() {
    return tables.ddl();
  }

  private KeyspaceSchema schema(CqlSession session) {
    return new KeyspaceSchema(session, tables);
  }

  /** The server would refuse every row, and each would look like a bad record. */
  private void checkTtl() {
    if (ttlSeconds > 0
        && clock.millis() / 1000 + ttlSeconds > TtlLimits.LAST_EXPIRY_EPOCH_SECONDS) {
      throw StoreException.misconfigured(
          FlowsConfig.TTL,
          FlowsConfig.TTL + " ends after the last expiry date that Cassandra can store, in 2038");
    }
  }

  private FlowPartitionCache partitions() {
    return new FlowPartitionCache(CACHED_CONVERSATIONS, bucket);
  }
}
