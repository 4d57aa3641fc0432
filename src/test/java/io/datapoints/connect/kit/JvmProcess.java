package io.datapoints.connect.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A Java program running as a process of its own. Signals and the memory figures are those of a
 * POSIX system with {@code /proc}.
 *
 * <p>The process does not outlive the virtual machine that started it: until it is known to be
 * dead, a shutdown hook stands ready to kill it.
 */
public final class JvmProcess implements AutoCloseable {

  private static final int SHOWN_LOG_LINES = 40;
  private static final Duration DEATH_BOUND = Duration.ofSeconds(30);

  private final JvmCommand command;
  private final Process process;
  private final Thread hook;

  private JvmProcess(JvmCommand command, Process process) {
    this.command = command;
    this.process = process;
    this.hook = new Thread(process::destroyForcibly, "kill-" + process.pid());
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Starts the program and returns without waiting for it. */
  public static JvmProcess start(JvmCommand command) {
    try {
      Process process =
          new ProcessBuilder(command.line())
              .directory(command.directory().toFile())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(command.log().toFile()))
              .start();
      process.getOutputStream().close();
      return new JvmProcess(command, process);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + command.name(), e);
    }
  }

  /**
   * Returns once the condition holds.
   *
   * @throws IllegalStateException if the process ends before that or the bound passes; the message
   *     ends with the last lines of the log. The process is killed in both cases.
   */
  public void awaitReady(Duration bound, Await.Condition ready) {
    try {
      Await.until(
          command.name() + " to be ready", bound, () -> !process.isAlive() || ready.holds());
    } catch (IllegalStateException e) {
      kill();
      throw new IllegalStateException(e.getMessage() + lastLogLines(), e);
    }
    if (!process.isAlive()) {
      throw new IllegalStateException(
          command.name() + " ended with status " + process.exitValue() + lastLogLines());
    }
  }

  /** Waits for the program to end by itself. */
  public int awaitExit(Duration bound) {
    Await.until(command.name() + " to end", bound, () -> !process.isAlive());
    return process.exitValue();
  }

  /** Whether the process exists; a suspended one does. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** The process id. */
  public long pid() {
    return process.pid();
  }

  /** Where its output goes. */
  public Path log() {
    return command.log();
  }

  /** SIGKILL: ends at once, whatever state the process is in, without any clean-up of its own. */
  public void kill() {
    process.destroyForcibly();
    Await.until(command.name() + " to die", DEATH_BOUND, () -> !process.isAlive());
    forgetHook();
  }

  /**
   * SIGTERM: lets the process end in its own way, and kills it if it has not by the bound.
   *
   * @return whether it ended by itself
   */
  public boolean terminate(Duration bound) {
    process.destroy();
    try {
      if (process.waitFor(bound.toMillis(), TimeUnit.MILLISECONDS)) {
        forgetHook();
        return true;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    kill();
    return false;
  }

  private void forgetHook() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException ending) {
      // This JVM is going down, and the hook with it.
      return;
    }
  }

  /** SIGSTOP: the process keeps its memory and its sockets, and does nothing. */
  public void suspend() {
    signal("-STOP");
  }

  /** SIGCONT: goes on after {@link #suspend()}. */
  public void resume() {
    signal("-CONT");
  }

  private void signal(String signal) {
    try {
      Process kill =
          new ProcessBuilder("kill", signal, Long.toString(pid()))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      Await.until("kill " + signal, DEATH_BOUND, () -> !kill.isAlive());
      if (kill.exitValue() != 0) {
        throw new IllegalStateException("cannot send " + signal + " to " + command.name());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Time all its threads spent on a processor since it started, in steps of about 10 ms. */
  public Duration cpuTime() {
    return process
        .toHandle()
        .info()
        .totalCpuDuration()
        .orElseThrow(() -> new IllegalStateException(command.name() + " has ended"));
  }

  /** Resident memory now, in bytes. */
  public long residentBytes() {
    return memory("VmRSS:");
  }

  /** Most resident memory so far, in bytes. */
  public long peakResidentBytes() {
    return memory("VmHWM:");
  }

  /** From now on {@link #peakResidentBytes()} counts anew. */
  public void forgetPeak() {
    try {
      Files.writeString(Path.of("/proc", Long.toString(pid()), "clear_refs"), "5");
    } catch (IOException e) {
      throw new UncheckedIOException(command.name() + " has ended, or this system has no /proc", e);
    }
  }

  private long memory(String field) {
    try (var lines = Files.lines(Path.of("/proc", Long.toString(pid()), "status"))) {
      // A process that was killed has a status until its end is noticed, but no memory.
      String line =
          lines
              .filter(each -> each.startsWith(field))
              .findFirst()
              .orElseThrow(() -> new IllegalStateException(command.name() + " has ended"));
      // Such a line reads "VmRSS:     123456 kB".
      return Long.parseLong(line.replaceAll("\\D+", "")) * 1024;
    } catch (IOException e) {
      throw new UncheckedIOException(command.name() + " has ended, or this system has no /proc", e);
    }
  }

  /** The end of the log, for a message: a line break, the file, and its last lines. */
  String lastLogLines() {
    try {
      // A log may end within a character when its writer was killed, hence the lenient decoding.
      List<String> lines =
          new String(Files.readAllBytes(log()), StandardCharsets.UTF_8).lines().toList();
      List<String> shown = lines.subList(Math.max(0, lines.size() - SHOWN_LOG_LINES), lines.size());
      return "\n--- " + log() + "\n" + String.join("\n", shown);
    } catch (IOException e) {
      return " (no log: " + e + ")";
    }
  }

  /** {@link #kill()}. */
  @Override
  public void close() {
    kill();
  }
}
