package io.datapoints.connect.store.cassandra.table;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.CqlSession;
import io.datapoints.connect.config.CassandraSinkConfig;
import io.datapoints.connect.config.FlowsConfig;
import io.datapoints.connect.config.FlowsTableConfig.Bucket;
import io.datapoints.connect.config.cassandra.CassandraConfig;
import io.datapoints.connect.kairosdb.format.TtlPolicy;
import io.datapoints.connect.store.Finding.Complaint;
import io.datapoints.connect.store.cassandra.failure.OpenException;
import io.datapoints.connect.store.cassandra.request.Layout;
import io.datapoints.connect.store.cassandra.schema.Grants;
import io.datapoints.connect.store.cassandra.schema.KeyspaceSchema;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Makes a keyspace ready for flows: the table as the layout describes it, and then what any mapping
 * needs.
 */
public final class FlowsOpener implements Layout.Opener {

  private final CassandraConfig connection;
  private final KeyspaceSchema.Tables tables;
  private final int ttlSeconds;
  private final boolean createsSchema;
  private final Clock clock;
  private final TableOpener mapped;

  /**
   * @param createsSchema whether this is the one task that creates what is missing
   */
  public FlowsOpener(CassandraSinkConfig config, boolean createsSchema, Clock clock) {
    this.connection = config.cassandra();
    this.ttlSeconds = config.pipeline().flows().ttlSeconds();
    this.tables = FlowsTable.tables(config);
    this.createsSchema = createsSchema;
    this.clock = clock;
    this.mapped = new TableOpener(config, createsSchema, clock);
  }

  @Override
  public CompletionStage<Layout> open(CqlSession session) {
    checkTtl();
    return schema(session).ensure(createsSchema).thenCompose(state -> mapped.open(session));
  }

  @Override
  public boolean covers(String topic) {
    return mapped.covers(topic);
  }

  @Override
  public CompletionStage<List<Complaint>> look(CqlSession session, Grants grants) {
    checkTtl();
    KeyspaceSchema schema = schema(session);
    return schema.look().thenApply(state -> schema.check().complaints(state, grants));
  }

  private KeyspaceSchema schema(CqlSession session) {
    return new KeyspaceSchema(session, connection, tables);
  }

  /** The server would refuse every row, and each would look like a bad record. */
  private void checkTtl() {
    if (ttlSeconds > 0 && clock.millis() / 1000 + ttlSeconds > TtlPolicy.MAX_EXPIRY_EPOCH_SECONDS) {
      throw OpenException.misconfigured(
          FlowsConfig.TTL,
          FlowsConfig.TTL + " ends after the last expiry date that Cassandra can store, in 2038");
    }
  }
}
