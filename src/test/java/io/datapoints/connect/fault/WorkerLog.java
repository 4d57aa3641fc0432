package io.datapoints.connect.fault;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * What a worker has logged since a moment. Kafka's own entries of level INFO do not count: most of
 * them list the settings of clients that start. All others do, with each line of their traces.
 */
final class WorkerLog {

  private static final Pattern ENTRY = Pattern.compile("\\d\\d:\\d\\d:\\d\\d\\.\\d{3} \\[.*");
  private static final Pattern CHATTER =
      Pattern.compile(
          "[^ ]+ \\[.*?\\] INFO (org\\.apache\\.kafka|org\\.eclipse|kafka|org\\.glassfish|io\\.confluent).*");

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
        counts = !CHATTER.matcher(line).matches();
      }
      if (counts) {
        lines++;
      }
    }
    return lines;
  }
}
