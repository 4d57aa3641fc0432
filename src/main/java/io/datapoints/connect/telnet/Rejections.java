package io.datapoints.connect.telnet;

import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What senders by telnet never learn: which lines were rejected, and why. It is logged, a line a
 * minute at most. Thread safe.
 */
final class Rejections {

  private static final Logger log = LoggerFactory.getLogger(Rejections.class);
  private static final long INTERVAL = TimeUnit.MINUTES.toNanos(1);

  private long rejected;
  private long broken;
  private long lastLog = System.nanoTime() - INTERVAL;

  /** Counts a rejected line. */
  synchronized void add(String reason) {
    rejected++;
    if (due()) {
      log.warn("{} lines by telnet were rejected so far, the last one since: {}", rejected, reason);
    }
  }

  /** Counts lines that were read and are lost, which is logged each time. */
  void lost(String reason) {
    log.error("Lines by telnet are lost: {}", reason);
  }

  /** Counts a connection that ended in the middle. */
  synchronized void connectionBroke() {
    broken++;
    if (due()) {
      log.info("{} connections by telnet broke so far", broken);
    }
  }

  synchronized long rejected() {
    return rejected;
  }

  private boolean due() {
    long now = System.nanoTime();
    if (now - lastLog < INTERVAL) {
      return false;
    }
    lastLog = now;
    return true;
  }
}
