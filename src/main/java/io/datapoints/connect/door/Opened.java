package io.datapoints.connect.door;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The parts that are open, the latest first. Thread safe. */
final class Opened implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Opened.class);

  private final Deque<AutoCloseable> parts = new ArrayDeque<>();

  /** Remembers a part to be closed. */
  synchronized <T extends AutoCloseable> T with(T part) {
    parts.push(part);
    return part;
  }

  /** Closes all parts, whatever one of them throws. */
  @Override
  public synchronized void close() {
    while (!parts.isEmpty()) {
      AutoCloseable part = parts.pop();
      try {
        part.close();
      } catch (Exception e) {
        log.warn("{} did not close in order", part.getClass().getSimpleName(), e);
      }
    }
  }

  /** Closes all parts after a failure, which remembers those of closing. */
  synchronized void close(Throwable failure) {
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (Exception e) {
        failure.addSuppressed(e);
      }
    }
  }
}
