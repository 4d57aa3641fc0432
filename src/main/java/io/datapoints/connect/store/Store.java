package io.datapoints.connect.store;

import io.datapoints.connect.model.Sample;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * The port to a database; one instance a task. All methods are called on the task thread and return
 * at once; the returned stages complete on any thread, always normally: an error is an {@link
 * Outcome} too.
 */
public interface Store extends AutoCloseable {

  /**
   * Connects and makes the schema ready. Called until the outcome is {@link Outcome.Durable};
   * {@link #plan} and {@link #write} are called only after that.
   */
  CompletionStage<Outcome> open();

  /**
   * Whether samples of the records of this topic can be planned. Where not, {@link #open} is called
   * again before any is, and makes it so.
   */
  default boolean covers(String topic) {
    return true;
  }

  /**
   * Turns a sample into the row that will be written. The same sample always gives the same row.
   */
  Plan plan(Sample sample);

  /**
   * Writes rows of one partition, whose order is that of the clustering key with no key twice.
   * Never called for a partition of which a write is still under way.
   */
  CompletionStage<Outcome> write(PartitionKey partition, List<Row> rows);

  /** What was counted up to now; asked once a poll, on the task thread. */
  default StoreMetrics metrics() {
    return StoreMetrics.NONE;
  }

  /** Closes the connection without waiting for writes in flight. */
  @Override
  void close();
}
