package io.datapoints.connect.kit;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a process has logged since a moment.
 *
 * @param file its log
 * @param start the size of it at that moment, in bytes
 */
public record LogSince(Path file, long start) {

  /** From now on. */
  public static LogSince now(Path file) throws IOException {
    return new LogSince(file, Files.size(file));
  }

  /** The lines that have come since then. */
  public List<String> lines() throws IOException {
    byte[] bytes;
    try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
      log.seek(start);
      bytes = new byte[Math.toIntExact(log.length() - start)];
      log.readFully(bytes);
    }
    return new String(bytes, StandardCharsets.UTF_8).lines().toList();
  }
}
