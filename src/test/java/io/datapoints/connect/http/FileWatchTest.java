package io.datapoints.connect.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileWatchTest {

  @TempDir private Path directory;
  private final FileWatch watch = new FileWatch();
  private final AtomicInteger reads = new AtomicInteger();

  @Test
  void onlyWhatHasChangedIsReadAgain() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "a");
    watch.add(List.of(file), reads::incrementAndGet);

    watch.run();
    assertThat(reads).hasValue(1);
    Files.writeString(file, "ab");
    watch.run();
    watch.run();
    assertThat(reads).hasValue(2);
  }

  @Test
  void aFileThatComesLaterOrGoesIsAChange() throws IOException {
    Path file = directory.resolve("file");
    watch.add(List.of(file), reads::incrementAndGet);

    Files.writeString(file, "a");
    watch.run();
    Files.delete(file);
    watch.run();
    assertThat(reads).hasValue(3);
  }

  @Test
  void aFaultOfTheFirstReadingIsTheCallersAndLaterOnesAreNot() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "a");
    Runnable failing =
        () -> {
          if (reads.getAndIncrement() > 0) {
            throw new ConfigException("bad");
          }
        };
    watch.add(List.of(file), failing);
    assertThatThrownBy(() -> watch.add(List.of(file), failing)).isInstanceOf(ConfigException.class);

    Files.writeString(file, "ab");
    watch.run();
    watch.run();
    assertThat(reads).hasValue(3);
  }
}
