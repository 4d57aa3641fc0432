package io.datapoints.connect.kit;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A server that runs as its own process, keeps its ports and its directory for life, and can be
 * taken down and brought back any number of times. Owned by one thread.
 */
public abstract class Server implements Restartable {

  private static final Duration TERMINATION_BOUND = Duration.ofMinutes(1);

  private final String name;
  private final Path directory;
  private @Nullable JvmProcess process;
  private Duration startTime = Duration.ZERO;

  Server(String name, Path directory) {
    this.name = name;
    this.directory = directory;
  }

  /** The command that starts it; called once for each start, and may prepare files. */
  abstract JvmCommand command();

  /** Whether it answers its clients. */
  abstract Await.Condition readiness();

  /** How long a start may take on a busy machine. */
  abstract Duration startBound();

  /** What the server is called in messages and file names. */
  public final String name() {
    return name;
  }

  /** Where its configuration, data and log lie. */
  public final Path directory() {
    return directory;
  }

  /** Starts it and returns once it answers. */
  @Override
  public final void start() {
    if (process != null) {
      if (process.isAlive()) {
        throw new IllegalStateException(name + " is already running");
      }
      process.close();
    }
    long begin = System.nanoTime();
    Directories.make(directory);
    JvmProcess started = JvmProcess.start(command());
    process = started;
    started.awaitReady(startBound(), readiness());
    startTime = Duration.ofNanos(System.nanoTime() - begin);
  }

  /** How long the latest start took until it answered. */
  public final Duration startTime() {
    return startTime;
  }

  /** SIGKILL, as when a machine loses its power or a container runs out of memory. */
  @Override
  public final void kill() {
    process().kill();
  }

  /** SIGTERM, the orderly end; killed if that takes over a minute. */
  @Override
  public final void terminate() {
    process().terminate(TERMINATION_BOUND);
  }

  /** Starts it again on the same directory and ports, after ending it if need be. */
  @Override
  public final void restart() {
    terminate();
    start();
  }

  /** SIGSTOP: connections stay open and nothing answers. */
  @Override
  public final void suspend() {
    process().suspend();
  }

  /** SIGCONT. */
  @Override
  public final void resume() {
    process().resume();
  }

  /** The process of the latest start, for its figures and its log. */
  public final JvmProcess process() {
    if (process == null) {
      throw new IllegalStateException(name + " was not started");
    }
    return process;
  }

  /** Kills it if it runs. The directory stays. */
  @Override
  public void close() {
    if (process != null) {
      process.kill();
    }
  }
}
