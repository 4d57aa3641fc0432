package io.datapoints.connect.benchmark;

import io.datapoints.connect.kit.Await;
import io.datapoints.connect.kit.Server;
import java.time.Duration;

/** When a server has nothing left to do, as its processor time shows. */
final class Quiet {

  private static final Duration LOOK = Duration.ofSeconds(2);

  /** Of a look; what a virtual machine does when it does nothing is less. */
  private static final Duration IDLE = Duration.ofMillis(150);

  private long lookBegan = System.nanoTime();
  private Duration cpu;

  private Quiet(Server server) {
    this.cpu = server.process().cpuTime();
  }

  /**
   * Returns once it is so.
   *
   * @return how long from now it was busy
   */
  static Duration await(Server server, Duration bound) {
    long begin = System.nanoTime();
    Quiet quiet = new Quiet(server);
    Await.until(server.name() + " to be idle", bound, () -> quiet.holds(server));
    return Duration.ofNanos(Math.max(0, System.nanoTime() - begin - LOOK.toNanos()));
  }

  private boolean holds(Server server) {
    if (System.nanoTime() - lookBegan < LOOK.toNanos()) {
      return false;
    }
    Duration before = cpu;
    cpu = server.process().cpuTime();
    lookBegan = System.nanoTime();
    return cpu.minus(before).compareTo(IDLE) < 0;
  }
}
