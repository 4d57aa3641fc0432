package io.datapoints.connect.kit;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;

/** A program for {@code JvmProcessTest} to run: says its arguments, then ends, hangs or works. */
final class Echo {

  private Echo() {}

  /**
   * Prints all arguments; the first one is what to do then: {@code end}, {@code fail}, {@code hang}
   * or {@code work}.
   */
  @SuppressWarnings("InfiniteLoopStatement")
  public static void main(String[] arguments) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    out.println(String.join("|", arguments));
    switch (arguments[0]) {
      case "end" -> out.println("done");
      case "fail" -> throw new IllegalStateException("as asked");
      case "hang" -> {
        while (true) {
          LockSupport.park();
        }
      }
      default -> {
        while (true) {
          Thread.onSpinWait();
        }
      }
    }
  }
}
