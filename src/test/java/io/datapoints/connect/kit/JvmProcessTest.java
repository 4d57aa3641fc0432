package io.datapoints.connect.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JvmProcessTest {

  private static final Duration BOUND = Duration.ofMinutes(1);

  @TempDir private Path directory;

  @Test
  void handsArgumentsOverAsTheyAre() throws Exception {
    String awkward = "two words, \"quoted\", back\\slash and # more";
    try (JvmProcess process = start("end", awkward)) {
      assertThat(process.awaitExit(BOUND)).isZero();
      assertThat(Files.readString(process.log())).contains("end|" + awkward).contains("done");
    }
  }

  @Test
  void aFailedStartShowsTheEndOfTheLog() throws Exception {
    try (JvmProcess process = start("fail")) {
      assertThatThrownBy(() -> process.awaitReady(BOUND, () -> false))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("echo ended with status 1")
          .hasMessageContaining("as asked");
    }
  }

  @Test
  void aStartThatTakesTooLongKillsTheProcessAndShowsTheLog() throws Exception {
    try (JvmProcess process = start("hang")) {
      awaitOutput(process);
      assertThatThrownBy(() -> process.awaitReady(Duration.ofMillis(1), () -> false))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("gave up waiting for echo to be ready")
          .hasMessageContaining("hang");
      assertThat(process.isAlive()).isFalse();
    }
  }

  @Test
  void terminatesInItsOwnWay() throws Exception {
    try (JvmProcess process = start("hang")) {
      awaitOutput(process);
      assertThat(process.terminate(BOUND)).isTrue();
      assertThat(process.isAlive()).isFalse();
    }
  }

  @Test
  void aSuspendedProcessDoesNotTerminateAndIsKilled() throws Exception {
    try (JvmProcess process = start("hang")) {
      awaitOutput(process);
      process.suspend();
      assertThat(process.terminate(Duration.ofMillis(300))).isFalse();
      assertThat(process.isAlive()).isFalse();
    }
  }

  @Test
  void aSuspendedProcessUsesNoProcessorTimeUntilItIsResumed() throws Exception {
    try (JvmProcess process = start("work")) {
      awaitOutput(process);
      process.suspend();
      awaitStopped(process);
      Duration before = process.cpuTime();
      assertThat(process.cpuTime()).isEqualTo(before);
      process.resume();
      Await.until("more work", BOUND, () -> process.cpuTime().compareTo(before) > 0);
    }
  }

  @Test
  void knowsItsMemory() throws Exception {
    try (JvmProcess process = start("hang")) {
      awaitOutput(process);
      assertThat(process.residentBytes()).isBetween(5_000_000L, 1_000_000_000L);
      assertThat(process.peakResidentBytes()).isGreaterThanOrEqualTo(process.residentBytes());
    }
  }

  private JvmProcess start(String... arguments) throws URISyntaxException {
    Path classes = Path.of(Echo.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    return JvmProcess.start(
        new JvmCommand("echo", Echo.class.getName(), List.of(classes), directory)
            .withFlags(Flags.SMALL)
            .withFlags("-Xmx32m")
            .withArguments(arguments));
  }

  private static void awaitOutput(JvmProcess process) {
    Await.until("output", BOUND, () -> Files.size(process.log()) > 0);
  }

  private static void awaitStopped(JvmProcess process) throws IOException {
    Path stat = Path.of("/proc", Long.toString(process.pid()), "stat");
    Await.until("the stop", BOUND, () -> Files.readString(stat).contains(") T "));
  }
}
