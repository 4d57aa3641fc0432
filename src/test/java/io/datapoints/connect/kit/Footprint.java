package io.datapoints.connect.kit;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a worker holds of the machine at a moment: whatever connectors took of it since must be
 * given back when they are gone.
 *
 * @param threads how many there are of each name, with {@code #} for every number in it
 * @param connections connections that it opened, to anything but its brokers
 * @param beans the names of the connectors' MBeans
 */
public record Footprint(Map<String, Long> threads, long connections, Set<String> beans) {

  private static final Duration BOUND = Duration.ofSeconds(30);

  /** Threads that come and go without any connector, or live as long as the worker. */
  private static final Pattern NOT_HELD =
      Pattern.compile(
          String.join(
              "|",
              // The pools of the REST server and of the framework, with threads that wait for work;
              // the third starts and stops tasks, eight at a time.
              "qtp.*",
              "pool-#-thread-#",
              "StartAndStopExecutor-.*",
              "Session-HouseKeeper.*",
              "Connector-Scheduler-.*",
              "ForwardRequestExecutor-.*",
              // They answer to JMX, and so to this class.
              "RMI .*",
              "JMX .*",
              // Threads of the JVM's own: compilers, collectors, the common pool.
              "C# CompilerThread#",
              "ForkJoinPool.commonPool-.*",
              "process reaper.*",
              "Attach Listener",
              // Netty's one static executor: its thread ends after a second without work.
              "globalEventExecutor-.*",
              // The MongoDB driver's static pool of buffers, one for each plugin that loads it.
              "BufferPoolPruner-.*"));

  /** What the worker holds now. */
  public static Footprint of(ConnectWorker worker) throws IOException {
    Map<String, Long> threads =
        worker.threads().stream()
            .map(name -> name.replaceAll("\\d+", "#"))
            .filter(name -> !NOT_HELD.matcher(name).matches())
            .collect(
                Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
    return new Footprint(
        threads, worker.connections(), Set.copyOf(worker.beans("io.datapoints.connect:*")));
  }

  /**
   * Returns once the worker holds no more than this.
   *
   * @throws IllegalStateException if it does not let go, with what it still holds
   */
  public void awaitReturn(ConnectWorker worker) throws IOException {
    try {
      Await.until(worker.name() + " to let go", BOUND, () -> excess(of(worker)).isEmpty());
    } catch (IllegalStateException e) {
      throw new IllegalStateException(
          worker.name() + " still holds " + String.join(", ", excess(of(worker))), e);
    }
  }

  /** What the other one holds beyond this one. */
  List<String> excess(Footprint later) {
    List<String> excess = new ArrayList<>();
    later.threads.forEach(
        (name, count) -> {
          long more = count - threads.getOrDefault(name, 0L);
          if (more > 0) {
            excess.add(more + " threads " + name);
          }
        });
    if (later.connections > connections) {
      excess.add(later.connections - connections + " connections");
    }
    Set<String> beans = new HashSet<>(later.beans);
    beans.removeAll(this.beans);
    beans.forEach(bean -> excess.add("MBean " + bean));
    return excess;
  }
}
