package io.datapoints.connect.store.cassandra.flows;

import com.datastax.oss.driver.api.core.CqlSession;
import io.datapoints.connect.config.CassandraSinkConfig;
import io.datapoints.connect.config.FlowsConfig;
import io.datapoints.connect.store.StoreException;
import io.datapoints.connect.store.ValidationResult.SettingError;
import io.datapoints.connect.store.cassandra.request.CassandraLayout;
import io.datapoints.connect.store.cassandra.schema.Grants;
import io.datapoints.connect.store.cassandra.schema.KeyspaceSchema;
import io.datapoints.connect.store.cassandra.schema.LastExpiry;
import io.datapoints.connect.store.cassandra.schema.RequiredTables;
import io.datapoints.connect.store.cassandra.table.TableOpener;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Prepares a keyspace for flows: the table of the layout first, then everything that any mapping
 * needs.
 */
public final class FlowsOpener implements CassandraLayout.Factory {

  private final RequiredTables tables;
  private final int ttlSeconds;
  private final boolean createsSchema;
  private final Clock clock;
  private final CassandraLayout.Factory mapped;

  /**
   * @param createsSchema whether this is the one task that creates missing tables
   */
  public FlowsOpener(CassandraSinkConfig config, boolean createsSchema, Clock clock) {
    this.ttlSeconds = config.pipeline().flows().ttlSeconds();
    this.tables = FlowsTable.tables(config);
    this.createsSchema = createsSchema;
    this.clock = clock;
    this.mapped = new TableOpener(config, createsSchema, true, clock);
  }

  @Override
  public CompletionStage<? extends CassandraLayout<?, ?>> open(CqlSession session) {
    return checkedTtl(session)
        .thenCompose(v -> new KeyspaceSchema(session, tables).ensure(createsSchema))
        .thenCompose(state -> mapped.open(session));
  }

  @Override
  public boolean covers(String topic) {
    return mapped.covers(topic);
  }

  @Override
  public CompletionStage<List<SettingError>> look(CqlSession session, Grants grants) {
    return checkedTtl(session)
        .thenCompose(v -> new KeyspaceSchema(session, tables).look())
        .thenApply(state -> tables.errors(state, grants));
  }

  @Override
  public List<String> ddl() {
    return tables.ddl();
  }

  /** Otherwise the server would reject every row, and each would look like a bad record. */
  private CompletionStage<Void> checkedTtl(CqlSession session) {
    long ends = ttlSeconds == 0 ? 0 : clock.millis() / 1000 + ttlSeconds;
    return LastExpiry.allows(session, ends)
        .thenAccept(
            allowed -> {
              if (!allowed) {
                throw StoreException.misconfigured(
                    FlowsConfig.TTL, FlowsConfig.TTL + LastExpiry.fault());
              }
            });
  }
}
