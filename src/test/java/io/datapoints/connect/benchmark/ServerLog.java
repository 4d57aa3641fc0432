package io.datapoints.connect.benchmark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** What a server has logged from a moment on. */
final class ServerLog {

  private final Path file;
  private final int start;

  private ServerLog(Path file, int start) {
    this.file = file;
    this.start = start;
  }

  static ServerLog fromNow(Path file) throws IOException {
    return new ServerLog(file, (int) Files.size(file));
  }

  /** The lines of level WARN. */
  List<String> warnings() throws IOException {
    byte[] all = Files.readAllBytes(file);
    return new String(Arrays.copyOfRange(all, start, all.length), StandardCharsets.UTF_8)
        .lines()
        .filter(line -> line.contains(" WARN "))
        .toList();
  }
}
