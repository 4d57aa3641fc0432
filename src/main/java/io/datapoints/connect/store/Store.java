package io.datapoints.connect.store;

import io.datapoints.connect.model.Sample;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

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
   * What decides with which others a partition may share a request: with those of an equal group.
   * Null for a partition whose rows go alone.
   */
  default @Nullable Object group(PartitionKey partition) {
    return null;
  }

  /** How much a request of several partitions may hold from now on. */
  default SharedLimits sharedLimits() {
    return SharedLimits.NONE;
  }

  /**
   * Writes rows of one partition, or of several of one {@link #group}. Those of a partition are
   * neighbours, in the order of the clustering key with no key twice. Never called for a partition
   * of which a write is still under way.
   *
   * <p>{@link Outcome.Refused} and {@link Outcome.Declined} of several partitions say nothing of
   * any single one of them.
   */
  CompletionStage<Outcome> write(List<Row> rows);

  /** What was counted up to now; asked once a poll, on the task thread. */
  default StoreMetrics metrics() {
    return StoreMetrics.NONE;
  }

  /** Closes the connection without waiting for writes in flight. */
  @Override
  void close();
}
