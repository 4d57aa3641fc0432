package io.datapoints.connect.metrics;

import java.util.List;

/** Where operators see readings. Used on the task thread. */
interface Display {

  /**
   * Shows all of them, or none.
   *
   * @throws RuntimeException while another task still has one of the names, or for any other reason
   *     why not
   */
  void show(List<Reading> readings);

  /** Takes away what is shown, and nothing of another task's. */
  void hide();
}
