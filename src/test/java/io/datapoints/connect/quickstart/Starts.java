package io.datapoints.connect.quickstart;

import io.datapoints.connect.kit.Restartable;
import java.io.PrintStream;
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
  void warn(String text) {
    String line = "─".repeat(text.length() + 2);
    out.println("  ┌" + line + "┐\n  │ " + text + " │\n  └" + line + "┘");
  }
}
