package io.datapoints.connect.metrics;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.Gauge;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.sink.SinkTaskContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The worker's own metrics (KIP-877, Kafka Connect 4.1 and later), which adds connector and task to
 * the names. No other class may name {@link PluginMetrics}: this one is loaded by a worker that
 * does not have it only to find that out.
 */
final class WorkerMetrics implements MetricsReporter {

  private static final Logger log = LoggerFactory.getLogger(WorkerMetrics.class);

  private final PluginMetrics metrics;
  private final List<MetricName> shown = new ArrayList<>();

  private WorkerMetrics(PluginMetrics metrics) {
    this.metrics = metrics;
  }

  /**
   * The metrics of a task.
   *
   * @throws NoSuchMethodError or {@link NoClassDefFoundError} on an older worker
   */
  static MetricsReporter of(SinkTaskContext context) {
    return new WorkerMetrics(context.pluginMetrics());
  }

  @Override
  public void show(List<MetricValue> values) {
    try {
      for (MetricValue value : values) {
        MetricName name =
            metrics.metricName(
                value.metric().metricName(), value.metric().description(), value.tags());
        metrics.addMetric(name, (Gauge<Number>) (config, now) -> value.now());
        shown.add(name);
      }
    } catch (RuntimeException e) {
      hide();
      throw e;
    }
  }

  @Override
  public void hide() {
    for (MetricName name : shown) {
      try {
        metrics.removeMetric(name);
      } catch (IllegalArgumentException | IllegalStateException gone) {
        // The worker removes what is left when it has done with a task.
        log.debug("{} is gone already", name, gone);
      }
    }
    shown.clear();
  }
}
