package io.datapoints.connect.kit;

import java.io.IOException;

/**
 * What the virtual machine of a worker still holds after it collected its garbage.
 *
 * @param classes classes that are loaded
 * @param nonHeap bytes outside the heap: metaspace, and compiled code, which grows as it warms up
 * @param heap bytes of the heap
 */
public record Retained(long classes, long nonHeap, long heap) {

  /** What the worker retains now; it collects its garbage first. */
  public static Retained of(ConnectWorker worker) throws IOException {
    return worker.collect();
  }
}
