package io.datapoints.connect.metrics;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.kafka.connect.sink.SinkTaskContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A task's metrics, registered where operators look for them. Metrics never decide whether a task
 * runs: while a cancelled task that has not ended yet holds the names at the worker, this one goes
 * on without and tries again now and then. Used on the task thread.
 */
public final class MetricsRegistration implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(MetricsRegistration.class);
  private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final List<MetricValue> values;
  private final MetricsReporter reporter;
  private final LongSupplier nanoTime;
  private boolean shown;
  private boolean told;
  private long triedAt;

  MetricsRegistration(SinkMetrics metrics, MetricsReporter reporter, LongSupplier nanoTime) {
    this.values = metrics.values();
    this.reporter = reporter;
    this.nanoTime = nanoTime;
    attempt();
  }

  /** Registers the metrics of a task with the worker, or with JMX where it cannot take them. */
  public static MetricsRegistration of(
      SinkMetrics metrics, SinkTaskContext context, String connector, String task) {
    return new MetricsRegistration(metrics, reporter(context, connector, task), System::nanoTime);
  }

  private static MetricsReporter reporter(SinkTaskContext context, String connector, String task) {
    try {
      return WorkerMetrics.of(context);
    } catch (LinkageError | RuntimeException none) {
      // NoSuchMethodError or NoClassDefFoundError on an older worker.
      log.debug("The worker has no metrics of plugins: metrics are shown by JMX", none);
      return new JmxMetrics(connector, task);
    }
  }

  /** Tries again, every ten seconds at most, until it has worked; once a poll. */
  public void tryAgain() {
    if (!shown && nanoTime.getAsLong() - triedAt >= INTERVAL_NANOS) {
      attempt();
    }
  }

  private void attempt() {
    triedAt = nanoTime.getAsLong();
    try {
      reporter.show(values);
      shown = true;
    } catch (LinkageError | RuntimeException e) {
      if (!told) {
        log.warn(
            "The metrics of this task cannot be shown yet, as a rule because its predecessor has"
                + " not ended; trying again every ten seconds: {}",
            e.toString());
        told = true;
      }
    }
  }

  @Override
  public void close() {
    if (shown) {
      shown = false;
      reporter.hide();
    }
  }
}
