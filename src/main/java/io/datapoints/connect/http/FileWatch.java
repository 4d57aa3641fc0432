package io.datapoints.connect.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.config.ConfigException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads files again that have changed, as their times and sizes tell. Filled by the thread that
 * opens the door; then used by one timer alone.
 */
final class FileWatch implements Runnable {

  private static final Logger log = LoggerFactory.getLogger(FileWatch.class);

  private final List<Watched> watched = new ArrayList<>();

  /** How files were when they were last read. */
  private static final class Watched {

    private final List<Path> files;
    private final Runnable load;
    private List<State> states = List.of();

    Watched(List<Path> files, Runnable load) {
      this.files = List.copyOf(files);
      this.load = load;
    }

    /** Takes the states first: what changes while the files are read is read again. */
    void load() {
      states = now();
      load.run();
    }

    boolean hasChanged() {
      return !now().equals(states);
    }

    private List<State> now() {
      return files.stream().map(State::of).toList();
    }
  }

  private record State(FileTime time, long size) {

    /** What is not there; editors and mounted secrets replace files. */
    private static final State NONE = new State(FileTime.fromMillis(0), -1);

    static State of(Path file) {
      try {
        return new State(Files.getLastModifiedTime(file), Files.size(file));
      } catch (IOException none) {
        return NONE;
      }
    }
  }

  /**
   * Reads files now, and again whenever one of them has changed.
   *
   * @param load throws {@link ConfigException} for files that it cannot use, and keeps what it had
   */
  void add(List<Path> files, Runnable load) {
    Watched each = new Watched(files, load);
    each.load();
    watched.add(each);
  }

  @Override
  public void run() {
    for (Watched each : watched) {
      if (each.hasChanged()) {
        try {
          each.load();
          log.info("Read again, since they have changed: {}", each.files);
        } catch (RuntimeException e) {
          log.warn("Changed files are not used, what was read before stays: {}", e.getMessage());
        }
      }
    }
  }
}
