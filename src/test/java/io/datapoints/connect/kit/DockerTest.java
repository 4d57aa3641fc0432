package io.datapoints.connect.kit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.opentest4j.TestAbortedException;

@ResourceLock(Resources.SYSTEM_OUT)
class DockerTest {

  private static final String LINE =
      "ContainersIT skipped: it runs in containers, and no Docker answers here";

  @Test
  void withoutADockerTheTestIsSkippedAndOneLineSaysWhy() {
    String printed =
        printedBy(
            () ->
                assertThatThrownBy(() -> Docker.assume("ContainersIT", () -> false))
                    .isInstanceOf(TestAbortedException.class)
                    .hasMessage(LINE));
    assertThat(printed.lines()).containsExactly(LINE);
  }

  @Test
  void withADockerTheTestRunsAndNothingIsPrinted() {
    assertThat(printedBy(() -> Docker.assume("ContainersIT", () -> true))).isEmpty();
  }

  private static String printedBy(Runnable code) {
    PrintStream console = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, UTF_8));
    try {
      code.run();
    } finally {
      System.setOut(console);
    }
    return printed.toString(UTF_8);
  }
}
