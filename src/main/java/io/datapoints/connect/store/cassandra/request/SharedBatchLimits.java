package io.datapoints.connect.store.cassandra.request;

import io.datapoints.connect.config.cassandra.SharedBatches;
import io.datapoints.connect.store.Row;
import io.datapoints.connect.store.SharedLimits;
import io.datapoints.connect.store.cassandra.failure.Failures;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How much a batch of several partitions may hold: what the settings say, and half of what a server
 * refused as too large. Used on any thread.
 */
public final class SharedBatchLimits {

  private static final Logger log = LoggerFactory.getLogger(SharedBatchLimits.class);

  private volatile SharedLimits limits;

  public SharedBatchLimits(SharedBatches settings) {
    this.limits = new SharedLimits(settings.maxPartitions(), settings.maxBytes());
  }

  /** The limits from now on. */
  public SharedLimits current() {
    return limits;
  }

  /**
   * Learns from the answer to a batch.
   *
   * @param rows those of the batch; of one partition they teach nothing
   * @return the same answer
   */
  public <T> CompletionStage<T> learnFrom(List<? extends Row> rows, CompletionStage<T> answer) {
    if (rows.get(0).partition().equals(rows.get(rows.size() - 1).partition())) {
      return answer;
    }
    return answer.whenComplete(
        (written, error) -> {
          if (error != null && Failures.saysTooLarge(error)) {
            tooLarge(
                (int) rows.stream().map(Row::partition).distinct().count(),
                rows.stream().mapToLong(Row::bytes).sum());
          }
        });
  }

  /**
   * Learns that a server refused a batch of several partitions as too large. A larger one than may
   * be sent by now was under way when another was refused, and teaches nothing more.
   *
   * @param refusedPartitions how many there were in the batch
   * @param refusedBytes the encoded bytes of its rows
   */
  public synchronized void tooLarge(int refusedPartitions, long refusedBytes) {
    SharedLimits before = limits;
    if (refusedPartitions > before.partitions() || refusedBytes > before.bytes()) {
      return;
    }
    limits = new SharedLimits(Math.max(1, refusedPartitions / 2), refusedBytes / 2);
    log.warn(
        "The server refuses a batch of several partitions as too large; from now on such a batch"
            + " holds {} partitions and {} bytes at most",
        limits.partitions(),
        limits.bytes());
  }
}
