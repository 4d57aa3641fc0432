package io.datapoints.connect.store.cassandra;

import static io.datapoints.connect.config.setting.Layout.TABLE;

import com.datastax.oss.driver.api.core.CqlSession;
import io.datapoints.connect.config.CassandraSinkConfig;
import io.datapoints.connect.config.cassandra.CassandraConfig;
import io.datapoints.connect.model.Sample;
import io.datapoints.connect.store.Outcome;
import io.datapoints.connect.store.PartitionKey;
import io.datapoints.connect.store.Plan;
import io.datapoints.connect.store.Row;
import io.datapoints.connect.store.SharedLimits;
import io.datapoints.connect.store.Store;
import io.datapoints.connect.store.StoreMetrics;
import io.datapoints.connect.store.cassandra.failure.Failures;
import io.datapoints.connect.store.cassandra.flows.FlowsOpener;
import io.datapoints.connect.store.cassandra.kairosdb.KairosFactory;
import io.datapoints.connect.store.cassandra.request.CassandraLayout;
import io.datapoints.connect.store.cassandra.table.TableOpener;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A Cassandra cluster (3.0 or later) as a store. Owns one session of the driver, which is kept from
 * the first successful connection on: it heals by itself, so an outage later needs no new one.
 *
 * <p>The methods are called on the task thread; the stages complete on the driver's threads.
 */
public final class CassandraStore implements Store {

  private final SessionFactory sessions;
  private final CassandraLayout.Factory factory;

  private volatile @Nullable CqlSession session;
  private volatile @Nullable CassandraLayout<Sample, Row> layout;
  private volatile boolean closed;

  /**
   * A store for the configured layout.
   *
   * @param taskName names the task in the driver's log lines and threads, and in Cassandra's list
   *     of clients
   * @param firstTask true for the one task that creates what is missing; only together with {@link
   *     io.datapoints.connect.config.cassandra.CassandraConfig.Schema#create()}. The other tasks
   *     wait for it
   * @param clock the clock that times to live count from
   */
  public CassandraStore(
      CassandraSinkConfig config, String taskName, boolean firstTask, Clock clock) {
    CassandraConfig connection = config.cassandra();
    boolean createsSchema = firstTask && connection.schema().create();
    // Mapped tables may lie in any keyspace.
    this.sessions =
        config.pipeline().layout() == TABLE
            ? new SessionFactory(connection, taskName, List.of())
            : new SessionFactory(connection, taskName);
    this.factory = factory(config, createsSchema, clock);
  }

  /**
   * The factory of the configured layout.
   *
   * @param createsSchema whether this is the one task that creates what is missing
   * @param clock the clock that times to live count from
   */
  static CassandraLayout.Factory factory(
      CassandraSinkConfig config, boolean createsSchema, Clock clock) {
    return switch (config.pipeline().layout()) {
      case KAIROSDB -> new KairosFactory(config, createsSchema, clock);
      case FLOWS -> new FlowsOpener(config, createsSchema, clock);
      case TABLE -> new TableOpener(config, createsSchema, false, clock);
    };
  }

  /**
   * CQL that creates what the settings describe, as an operator can read or execute it: of the
   * table layout the tables with columns and primary key, for topics that are mapped by name.
   */
  public static List<String> ddl(CassandraSinkConfig config) {
    return factory(config, false, Clock.systemUTC()).ddl();
  }

  @Override
  public CompletionStage<Outcome> open() {
    try {
      return connected()
          .thenCompose(factory::open)
          .handle(
              (opened, error) -> {
                if (error != null) {
                  return Failures.ofOpening(error);
                }
                layout = ofAnySample(opened);
                return Outcome.Durable.DURABLE;
              });
    } catch (RuntimeException e) {
      return CompletableFuture.completedFuture(Failures.ofOpening(e));
    }
  }

  /** A task has one layout: its reader makes the samples, and the layout itself the rows. */
  @SuppressWarnings("unchecked")
  private static CassandraLayout<Sample, Row> ofAnySample(CassandraLayout<?, ?> layout) {
    return (CassandraLayout<Sample, Row>) layout;
  }

  private CompletionStage<CqlSession> connected() {
    CqlSession open = session;
    if (open != null) {
      return CompletableFuture.completedFuture(open);
    }
    return sessions
        .connect()
        .thenApply(
            connected -> {
              session = connected;
              if (closed) {
                connected.forceCloseAsync();
              }
              return connected;
            });
  }

  @Override
  public boolean covers(String topic) {
    return factory.covers(topic);
  }

  @Override
  public Plan plan(Sample sample) {
    return layout().plan(sample);
  }

  @Override
  public @Nullable Object group(PartitionKey partition) {
    return layout().group(partition);
  }

  @Override
  public SharedLimits sharedLimits() {
    return layout().sharedLimits();
  }

  @Override
  public CompletionStage<Outcome> write(List<Row> rows) {
    return layout().write(rows);
  }

  @Override
  public StoreMetrics metrics() {
    CassandraLayout<Sample, Row> opened = layout;
    return opened == null ? StoreMetrics.NONE : opened.metrics();
  }

  private CassandraLayout<Sample, Row> layout() {
    CassandraLayout<Sample, Row> opened = layout;
    if (opened == null) {
      throw new IllegalStateException("the store is not open");
    }
    return opened;
  }

  @Override
  public void close() {
    closed = true;
    CqlSession open = session;
    if (open != null) {
      open.forceCloseAsync();
    }
  }
}
