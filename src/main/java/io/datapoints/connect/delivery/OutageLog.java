package io.datapoints.connect.delivery;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of an outage in one line at its start, one every half minute, and one at its end. A store
 * that comes and goes causes no more lines than one that stays away.
 */
final class OutageLog {

  private static final Logger log = LoggerFactory.getLogger(OutageLog.class);
  private static final long INTERVAL_MS = 30_000;

  private boolean out;
  private boolean told;
  private long since;
  private long lastLine;
  private long lastDeclined;

  OutageLog(long now) {
    lastLine = now - INTERVAL_MS;
    lastDeclined = lastLine;
  }

  /** The store answers, and goes on declining a row while it takes none of the same table. */
  void declined(String reason, long since, long rowsHeld, long now) {
    if (now - lastDeclined < INTERVAL_MS) {
      return;
    }
    lastDeclined = now;
    log.warn(
        "The store has declined a row for {} ms now, and taken no other of its table meanwhile; {} rows are held and nothing is lost. Trying again. It says: {}",
        now - since,
        rowsHeld,
        reason);
  }

  void failed(String reason, long rowsHeld, long now) {
    if (!out) {
      out = true;
      since = now;
    }
    if (now - lastLine < INTERVAL_MS) {
      return;
    }
    lastLine = now;
    told = true;
    log.warn(
        "The store does not answer, for {} ms now; {} rows are held and nothing is lost. Trying again. Cause: {}",
        now - since,
        rowsHeld,
        reason);
  }

  void answered(long now) {
    if (out && told) {
      log.info("The store answers again after {} ms", now - since);
      told = false;
    }
    out = false;
  }
}
