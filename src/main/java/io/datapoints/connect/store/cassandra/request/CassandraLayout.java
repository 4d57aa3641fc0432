package io.datapoints.connect.store.cassandra.request;

import com.datastax.oss.driver.api.core.CqlSession;
import io.datapoints.connect.model.Sample;
import io.datapoints.connect.store.Outcome;
import io.datapoints.connect.store.PartitionKey;
import io.datapoints.connect.store.Plan;
import io.datapoints.connect.store.Row;
import io.datapoints.connect.store.SharedLimits;
import io.datapoints.connect.store.StoreMetrics;
import io.datapoints.connect.store.ValidationResult.SettingError;
import io.datapoints.connect.store.cassandra.schema.Grants;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * How samples are laid out in Cassandra, on an open session; the methods are those of the store.
 *
 * @param <S> what it plans
 * @param <R> what it makes of them
 */
public interface CassandraLayout<S extends Sample, R extends Row> {

  Plan plan(S sample);

  /** As {@link io.datapoints.connect.store.Store#group}. */
  @Nullable Object group(PartitionKey partition);

  /** As {@link io.datapoints.connect.store.Store#sharedLimits}. */
  SharedLimits sharedLimits();

  /**
   * As {@link io.datapoints.connect.store.Store#write}. Completes normally, whatever happens.
   *
   * @param rows at least one, all of them from {@link #plan}
   */
  CompletionStage<Outcome> write(List<R> rows);

  /** As {@link io.datapoints.connect.store.Store#metrics}. */
  default StoreMetrics metrics() {
    return StoreMetrics.NONE;
  }

  /** Makes a layout for a session. */
  interface Factory {

    /**
     * Checks or creates the tables and prepares the statements. Fails with {@link
     * io.datapoints.connect.store.StoreException} or an exception of the driver; may be called
     * again after that.
     */
    CompletionStage<? extends CassandraLayout<?, ?>> open(CqlSession session);

    /**
     * What contradicts the settings, by the rules of {@link #open}, and which permissions the user
     * lacks. Neither creates nor writes anything. Fails as {@link #open} does.
     */
    CompletionStage<List<SettingError>> look(CqlSession session, Grants grants);

    /**
     * CQL that creates keyspaces and tables where they are missing, one statement each, without
     * semicolons and in an order that works.
     */
    List<String> ddl();

    /** As {@link io.datapoints.connect.store.Store#covers}; called on the task thread. */
    default boolean covers(String topic) {
      return true;
    }
  }
}
