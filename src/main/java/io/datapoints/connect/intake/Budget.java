package io.datapoints.connect.intake;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The memory and the places that requests share. Thread safe. */
final class Budget {

  private final long maxBytes;
  private final int maxRequests;
  private long bytes;
  private int requests;

  Budget(long maxBytes, int maxRequests) {
    this.maxBytes = maxBytes;
    this.maxRequests = maxRequests;
  }

  /** Takes so many bytes, or none and returns false. */
  synchronized boolean takeBytes(long count) {
    if (count > maxBytes - bytes) {
      return false;
    }
    bytes += count;
    return true;
  }

  synchronized void giveBytes(long count) {
    bytes -= count;
  }

  /** Whether there is room for so many bytes now. */
  synchronized boolean hasRoom(long count) {
    return count <= maxBytes - bytes;
  }

  /** Takes the place of a request that waits for its answer, or none and returns false. */
  synchronized boolean takeRequest() {
    if (requests == maxRequests) {
      return false;
    }
    requests++;
    return true;
  }

  synchronized void giveRequest() {
    requests--;
    if (requests == 0) {
      notifyAll();
    }
  }

  synchronized long bytes() {
    return bytes;
  }

  synchronized int requests() {
    return requests;
  }

  long maxBytes() {
    return maxBytes;
  }

  int maxRequests() {
    return maxRequests;
  }

  /** Waits until no request is waiting for its answer; false if the bound passes before that. */
  synchronized boolean awaitNoRequests(Duration bound) {
    long end = System.nanoTime() + bound.toNanos();
    try {
      for (long left = bound.toNanos(); requests > 0 && left > 0; left = end - System.nanoTime()) {
        TimeUnit.NANOSECONDS.timedWait(this, left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return requests == 0;
  }
}
