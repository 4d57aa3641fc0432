package io.datapoints.connect.metrics;

import java.util.List;

/** Where operators see readings. Used on the task thread. */
interface Display {

  /**
   * Shows all of them, or none.
   *
   * @throws RuntimeException if that cannot be done now
   */
  void show(List<Reading> readings);

  /** Takes away what is shown, and nothing of another task's. */
  void hide();
}
