package io.datapoints.connect.quickstart;

import io.datapoints.connect.kit.Restartable;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Supplier;

/** Starts servers, each with a line when it is ready. Safe for use by several threads. */
final class Starts {

  private final PrintStream out;

  Starts(PrintStream out) {
    this.out = out;
  }

  /**
   * Starts a server.
   *
   * @param address asked once it has started
   */
  void start(String title, Restartable server, Supplier<String> address) {
    long begin = System.nanoTime();
    server.start();
    out.println(
        String.format(
            Locale.ROOT,
            "  ✓ %-38s %-24s %5.1f s",
            title,
            address.get(),
            (System.nanoTime() - begin) / 1e9));
  }

  /** A box around what nobody should overlook. */
  void warn(String... lines) {
    int width = Arrays.stream(lines).mapToInt(String::length).max().orElse(0);
    StringBuilder box = new StringBuilder("  ┌" + "─".repeat(width + 2) + "┐\n");
    for (String line : lines) {
      box.append("  │ ").append(line).append(" ".repeat(width - line.length())).append(" │\n");
    }
    out.println(box.append("  └").append("─".repeat(width + 2)).append("┘"));
  }
}
