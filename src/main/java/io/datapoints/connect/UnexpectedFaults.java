package io.datapoints.connect;

import java.util.HashSet;
import java.util.Set;
import org.apache.kafka.connect.errors.ConnectException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs the stack traces of unexpected exceptions of a reader, once for each class of exception,
 * however many records cause it. Used on the task thread.
 */
final class UnexpectedFaults {

  static final int MAX_LOGGED = 10;

  private final Logger log;
  private final Set<String> logged = new HashSet<>();

  UnexpectedFaults() {
    this(LoggerFactory.getLogger(UnexpectedFaults.class));
  }

  UnexpectedFaults(Logger log) {
    this.log = log;
  }

  /** Logs an exception without its message and its causes, which may quote the record. */
  void met(RuntimeException fault) {
    String name = fault.getClass().getName();
    if (logged.size() == MAX_LOGGED || !logged.add(name)) {
      return;
    }
    ConnectException place = new ConnectException("unexpected " + name);
    place.setStackTrace(fault.getStackTrace());
    log.error(
        "A record that cannot be read is reported as a bad one; please report this bug. It is"
            + " logged once for each class of exception.",
        place);
  }
}
