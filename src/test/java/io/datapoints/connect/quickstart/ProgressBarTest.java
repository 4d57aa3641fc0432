package io.datapoints.connect.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProgressBarTest {

  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(written, true, StandardCharsets.UTF_8);

  @Test
  void showsShareCountAndRate() {
    assertThat(ProgressBar.line("sent", 104_000, 200_000, 2_000_000_000L))
        .isEqualTo(
            "  sent      ▕"
                + "█".repeat(15)
                + "▌"
                + " ".repeat(14)
                + "▏  52 %    104,000 of 200,000    52,000/s");
  }

  @Test
  void keepsItsWidthAtBothEnds() {
    String empty = ProgressBar.line("x", 0, 10, 0);
    String full = ProgressBar.line("x", 10, 10, 1);
    assertThat(empty).contains("▕" + " ".repeat(30) + "▏   0 %");
    assertThat(full).contains("▕" + "█".repeat(30) + "▏ 100 %");
    assertThat(ProgressBar.line("x", 11, 10, 1)).contains("█▏ 100 %");
  }

  @Test
  void writesOneLineAQuarterWhereThereIsNoTerminal() {
    ProgressBar bar = new ProgressBar(out, false, "sent", 1_000, System.nanoTime());
    for (int done = 0; done <= 1_000; done++) {
      bar.update(done);
    }
    bar.finish();
    assertThat(written.toString(StandardCharsets.UTF_8).lines())
        .hasSize(4)
        .satisfies(lines -> assertThat(lines.get(0)).contains(" 25 %"))
        .satisfies(lines -> assertThat(lines.get(3)).contains("100 %"));
  }

  @Test
  void drawsOverItsLineOnATerminal() {
    ProgressBar bar = new ProgressBar(out, true, "sent", 1_000, System.nanoTime());
    for (int done = 0; done <= 1_000; done++) {
      bar.update(done);
    }
    bar.finish();
    String text = written.toString(StandardCharsets.UTF_8);
    assertThat(text.lines().filter(line -> !line.isEmpty())).isNotEmpty();
    assertThat(text.chars().filter(each -> each == '\n')).hasSize(1);
    assertThat(text).startsWith("\r").contains("100 %");
  }
}
