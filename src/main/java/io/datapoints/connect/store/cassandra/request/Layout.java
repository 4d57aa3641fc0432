package io.datapoints.connect.store.cassandra.request;

import com.datastax.oss.driver.api.core.CqlSession;
import io.datapoints.connect.model.Sample;
import io.datapoints.connect.store.Finding.Complaint;
import io.datapoints.connect.store.Outcome;
import io.datapoints.connect.store.PartitionKey;
import io.datapoints.connect.store.Plan;
import io.datapoints.connect.store.Row;
import io.datapoints.connect.store.StoreMetrics;
import io.datapoints.connect.store.cassandra.schema.Grants;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** How samples lie in Cassandra, on an open session; the methods are those of the store. */
public interface Layout {

  Plan plan(Sample sample);

  /** Completes normally, whatever happens. */
  CompletionStage<Outcome> write(PartitionKey partition, List<Row> rows);

  /** As {@link io.datapoints.connect.store.Store#metrics}. */
  default StoreMetrics metrics() {
    return StoreMetrics.NONE;
  }

  /** Makes a layout out of a session. */
  interface Opener {

    /**
     * Checks or creates the tables and prepares the statements. Fails with {@link
     * io.datapoints.connect.store.cassandra.failure.OpenException} or an exception of the driver;
     * may be called again after that.
     */
    CompletionStage<Layout> open(CqlSession session);

    /**
     * What speaks against the settings, by the rules of {@link #open}, and what the user lacks the
     * permission for. Neither creates nor writes anything. Fails as {@link #open} does.
     */
    CompletionStage<List<Complaint>> look(CqlSession session, Grants grants);

    /** As {@link io.datapoints.connect.store.Store#covers}; called on the task thread. */
    default boolean covers(String topic) {
      return true;
    }
  }
}
