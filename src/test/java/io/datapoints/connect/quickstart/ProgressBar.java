package io.datapoints.connect.quickstart;

import java.io.PrintStream;
import java.util.Locale;

/**
 * How far a count has come. On a terminal one line that is drawn over; elsewhere, as in a log file,
 * one line a quarter.
 */
final class ProgressBar {

  private static final int WIDTH = 30;
  private static final String EIGHTHS = " ▏▎▍▌▋▊▉";
  private static final long REDRAW_NANOS = 100_000_000;

  private final PrintStream out;
  private final boolean terminal;
  private final String label;
  private final long total;
  private final long started;
  private long drawn;
  private int quarters;

  /**
   * @param started the {@link System#nanoTime()} from which the rate counts
   */
  ProgressBar(PrintStream out, boolean terminal, String label, long total, long started) {
    this.out = out;
    this.terminal = terminal;
    this.label = label;
    this.total = total;
    this.started = started;
    this.drawn = started - REDRAW_NANOS;
  }

  /** Tells how far it is now. */
  void update(long done) {
    long now = System.nanoTime();
    if (terminal) {
      if (done >= total || now - drawn >= REDRAW_NANOS) {
        drawn = now;
        out.print("\r" + line(label, done, total, now - started));
        out.flush();
      }
    } else {
      int reached = (int) (4 * done / total);
      if (reached > quarters) {
        quarters = reached;
        out.println(line(label, done, total, now - started));
      }
    }
  }

  /** Ends the line, whatever was reached. */
  void finish() {
    if (terminal) {
      out.println();
    }
  }

  /** The line without a line break; a count beyond the total fills the bar and no more. */
  static String line(String label, long done, long total, long nanos) {
    double share = total == 0 ? 1 : Math.min(1, (double) done / total);
    int eighths = (int) (share * WIDTH * 8);
    StringBuilder bar = new StringBuilder("█".repeat(eighths / 8));
    if (eighths < WIDTH * 8) {
      bar.append(EIGHTHS.charAt(eighths % 8));
      bar.append(" ".repeat(WIDTH - 1 - eighths / 8));
    }
    double rate = nanos == 0 ? 0 : done * 1e9 / nanos;
    return String.format(
        Locale.ROOT,
        "  %-10s▕%s▏ %3d %%  %,9d of %,d  %,8.0f/s",
        label,
        bar,
        (int) (100 * share),
        done,
        total,
        rate);
  }
}
