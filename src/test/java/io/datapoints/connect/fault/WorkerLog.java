package io.datapoints.connect.fault;

import io.datapoints.connect.kit.LogSince;
import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * What a worker has logged since a moment and somebody has to read: warnings and errors of anybody,
 * and everything of the connector's own, with each line of their traces. The rest is Kafka's and
 * the drivers' INFO, most of which lists settings of clients that start.
 */
final class WorkerLog {

  private static final Pattern ENTRY = Pattern.compile("\\d\\d:\\d\\d:\\d\\d\\.\\d{3} \\[.*");
  private static final Pattern READ =
      Pattern.compile("[^ ]+ \\[.*?\\] (WARN|ERROR|INFO io\\.datapoints) ?.*");

  private final LogSince log;

  private WorkerLog(LogSince log) {
    this.log = log;
  }

  /** The log from now on. */
  static WorkerLog from(Path file) throws IOException {
    return new WorkerLog(LogSince.now(file));
  }

  /** How many lines that somebody would have to read. */
  long lines() throws IOException {
    long lines = 0;
    boolean counts = false;
    for (String line : log.lines()) {
      if (ENTRY.matcher(line).matches()) {
        counts = READ.matcher(line).matches();
      }
      if (counts) {
        lines++;
      }
    }
    return lines;
  }
}
