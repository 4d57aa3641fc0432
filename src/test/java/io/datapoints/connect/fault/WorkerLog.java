package io.datapoints.connect.fault;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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

  private final Path file;
  private final long start;

  private WorkerLog(Path file, long start) {
    this.file = file;
    this.start = start;
  }

  /** The log from now on. */
  static WorkerLog from(Path file) throws IOException {
    return new WorkerLog(file, Files.size(file));
  }

  /** How many lines that somebody would have to read. */
  long lines() throws IOException {
    byte[] bytes;
    try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
      log.seek(start);
      bytes = new byte[Math.toIntExact(log.length() - start)];
      log.readFully(bytes);
    }
    long lines = 0;
    boolean counts = false;
    for (String line : new String(bytes, StandardCharsets.UTF_8).lines().toList()) {
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
