package io.datapoints.connect.metrics;

import java.util.List;

/** Where operators find the metrics of a task. Used on the task thread. */
interface MetricsReporter {

  /**
   * Shows all of them, or none.
   *
   * @throws RuntimeException if that cannot be done now
   */
  void show(List<MetricValue> values);

  /** Removes what is shown, and nothing of another task's. */
  void hide();
}
