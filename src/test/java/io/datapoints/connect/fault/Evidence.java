package io.datapoints.connect.fault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * What came of one scenario: a row of the table that the suite writes.
 *
 * @param store where the records went
 * @param scenario what happened to them
 * @param records how many were produced
 * @param lost how many of the good ones are missing, or have another value
 * @param extra what the store holds that no record asked for
 * @param repeated dead letters that are there more than once
 * @param fault how long the fault lasted
 * @param recovery from its end until everything that was produced until then was committed
 * @param bytesHeld the most that one task held
 * @param resident the most memory of the worker's process
 * @param logLines warnings, errors and the connector's own lines in the worker's log
 */
record Evidence(
    String store,
    String scenario,
    long records,
    long lost,
    long extra,
    long repeated,
    Optional<Duration> fault,
    Optional<Duration> recovery,
    long bytesHeld,
    long resident,
    long logLines) {

  /** The columns of the table. */
  static final List<String> HEAD =
      List.of(
          "Store",
          "Scenario",
          "Records",
          "Lost",
          "Wrong or extra",
          "Dead letters repeated",
          "Fault, s",
          "Recovered after, s",
          "Held by a task at most, MiB",
          "Worker's memory at most, MiB",
          "Log lines");

  /** The name of the test that runs, as a sentence. */
  static String sentence() {
    String method =
        StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE)
            .walk(frames -> frames.filter(Evidence::isTest).findFirst())
            .map(StackWalker.StackFrame::getMethodName)
            .orElseThrow();
    String words =
        Stream.of(method.split("(?=[A-Z])"))
            .map(word -> word.toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(" "));
    return Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }

  private static boolean isTest(StackWalker.StackFrame frame) {
    return Stream.of(frame.getDeclaringClass().getDeclaredMethods())
        .filter(method -> method.getName().equals(frame.getMethodName()))
        .anyMatch(method -> AnnotationSupport.isAnnotated(method, Testable.class));
  }

  /** Appends this row, and before the first one of a run the head of the table. */
  void append(Path table) throws IOException {
    if (Files.notExists(table)) {
      String head =
          "Date of the run: "
              + LocalDate.now(ZoneOffset.UTC)
              + "\n\n"
              + row(HEAD.stream())
              + row(HEAD.stream().map(column -> "---"));
      Files.writeString(table, head, StandardOpenOption.CREATE_NEW);
    }
    Files.writeString(table, row(cells()), StandardOpenOption.APPEND);
  }

  private Stream<String> cells() {
    return Stream.of(
        store,
        scenario,
        "%,d".formatted(records),
        Long.toString(lost),
        Long.toString(extra),
        Long.toString(repeated),
        seconds(fault),
        seconds(recovery),
        mebibytes(bytesHeld),
        mebibytes(resident),
        Long.toString(logLines));
  }

  private static String row(Stream<String> cells) {
    return cells.collect(Collectors.joining(" | ", "| ", " |\n"));
  }

  private static String seconds(Optional<Duration> duration) {
    return duration
        .map(length -> String.format(Locale.ROOT, "%.1f", length.toMillis() / 1_000.0))
        .orElse("");
  }

  private static String mebibytes(long bytes) {
    return String.format(Locale.ROOT, "%.0f", bytes / 1_048_576.0);
  }
}
