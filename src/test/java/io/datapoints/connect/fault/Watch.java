package io.datapoints.connect.fault;

import io.datapoints.connect.kit.ConnectWorker;
import io.datapoints.connect.kit.Kafka;
import io.datapoints.connect.metrics.Metric;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a connector twice a second, from outside, as long as its scenario runs: which states it
 * is in, what it holds, and when it has caught up after a fault. One thread writes, any reads.
 */
final class Watch implements AutoCloseable {

  private static final long INTERVAL_MS = 500;
  private static final Duration END_BOUND = Duration.ofSeconds(30);
  private static final long NONE = -1;
  private static final String BYTES = Metric.BYTES_BUFFERED.metricName();
  private static final String ROWS = Metric.ROWS_BUFFERED.metricName();

  private final String connector;
  private final ConnectWorker worker;
  private final Kafka kafka;
  private final ScheduledExecutorService eye =
      new ScheduledThreadPoolExecutor(
          1,
          task -> {
            Thread thread = new Thread(task, "watch");
            thread.setDaemon(true);
            return thread;
          });
  private @Nullable ScheduledFuture<?> looking;
  private final Set<String> states = new ConcurrentSkipListSet<>();
  private final AtomicLong looks = new AtomicLong();
  private volatile long bytesHeld;
  private volatile long rowsHeld;
  private volatile long resident;
  private volatile long struckAt = NONE;
  private volatile long healedAt = NONE;
  private volatile long target = NONE;
  private volatile long recoveredAt = NONE;

  Watch(String connector, ConnectWorker worker, Kafka kafka) {
    this.connector = connector;
    this.worker = worker;
    this.kafka = kafka;
  }

  void begin() {
    worker.process().forgetPeak();
    looking = eye.scheduleWithFixedDelay(this::look, 0, INTERVAL_MS, TimeUnit.MILLISECONDS);
  }

  void struck() {
    struckAt = System.nanoTime();
  }

  /** What was produced up to now is what has to be caught up with. */
  void healed() {
    healedAt = System.nanoTime();
    recoveredAt = NONE;
    target = kafka.endOffset(connector);
  }

  private void look() {
    try {
      resident = Math.max(resident, worker.process().peakResidentBytes());
      states.addAll(worker.rest().states(connector));
      for (Map<String, Object> task : worker.attributes(beans(connector), BYTES, ROWS).values()) {
        bytesHeld = Math.max(bytesHeld, (Long) task.getOrDefault(BYTES, 0L));
        rowsHeld = Math.max(rowsHeld, (Long) task.getOrDefault(ROWS, 0L));
      }
      if (target != NONE && recoveredAt == NONE && committed() >= target) {
        recoveredAt = System.nanoTime();
      }
      looks.incrementAndGet();
    } catch (IOException | UncheckedIOException | IllegalStateException away) {
      // The worker or the broker is what the scenario took away; the next look may see it again.
      return;
    }
  }

  private long committed() {
    return kafka.committedOffsets("connect-" + connector).values().stream()
        .mapToLong(Long::longValue)
        .sum();
  }

  /** The MBeans with the figures of its tasks, one a task. */
  static String beans(String connector) {
    return "kafka.connect:type=plugins,connector=" + connector + ",task=*";
  }

  /** How often it saw the connector. */
  long looks() {
    return looks.get();
  }

  /** The states of the connector and its tasks that were seen. */
  Set<String> states() {
    return states;
  }

  /** The most that one task held, in bytes. */
  long bytesHeld() {
    return bytesHeld;
  }

  /** The most that one task held, in rows. */
  long rowsHeld() {
    return rowsHeld;
  }

  /** The most memory that the worker's process had, in bytes. */
  long resident() {
    return resident;
  }

  /** How long the fault lasted, if there was one. */
  Optional<Duration> fault() {
    return struckAt == NONE || healedAt == NONE
        ? Optional.empty()
        : Optional.of(Duration.ofNanos(healedAt - struckAt));
  }

  /** Between the end of the fault and the commit of all that had been produced until then. */
  Optional<Duration> recovery() {
    return healedAt == NONE || recoveredAt == NONE
        ? Optional.empty()
        : Optional.of(Duration.ofNanos(recoveredAt - healedAt));
  }

  @Override
  public void close() {
    boolean blind = looking != null && looking.isDone();
    eye.shutdownNow();
    if (blind) {
      throw new IllegalStateException("the watch over " + connector + " ended early");
    }
    try {
      if (!eye.awaitTermination(END_BOUND.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException("the watch over " + connector + " does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
