package io.datapoints.connect.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.datapoints.connect.kit.Await;
import io.datapoints.connect.kit.ConnectWorker;
import io.datapoints.connect.kit.Restartable;
import io.datapoints.connect.kit.Servers;
import io.datapoints.connect.kit.TcpProxy;
import io.datapoints.connect.metrics.Metric;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The faults that any store must outlive. Each scenario ends with the same judgement: every good
 * sample is present with the value of its record, the dead letters are exactly the bad records, and
 * at no commit was an offset ahead of what the store held.
 */
@FaultSuite
abstract class StoreFaultTest {

  private static final Duration BOUND = Duration.ofMinutes(3);

  private final Servers servers;
  private final String store;
  @AutoClose private final ConnectWorker worker;

  /**
   * @param store the beginning of the scenarios' names
   */
  StoreFaultTest(Servers servers, String store) {
    this.servers = servers;
    this.store = store;
    this.worker = Scenario.worker(servers, store, "512m");
  }

  abstract Destination destination();

  /** The same store, with {@link #proxy()} on the way. */
  abstract Destination behindNetwork();

  /** The network to the store. */
  abstract TcpProxy proxy();

  /** The process that is the store. */
  abstract Restartable server();

  /** The usual way to lose this store. */
  abstract Outage outage();

  /** How long the outage lasts in which memory must stay bounded. */
  abstract Duration longOutage();

  /** Records, of over 300 bytes, that the worker is given in that time. */
  abstract int longOutageRecords();

  /** A scenario on the worker that most of them share. */
  final Scenario scenario(Destination where, String name) throws IOException {
    return new Scenario(servers, worker, where, store + "-" + name);
  }

  @Test
  void theStoreIsGoneUnderLoadAndComesBack() throws Exception {
    try (Scenario scenario = scenario(destination(), "gone")) {
      scenario.outlive(outage());
    }
  }

  /**
   * The usual load meets a store that is bad for a while, but never quite away.
   *
   * @return how many attempts failed meanwhile
   */
  final long endure(Scenario scenario, Outage what) throws Exception {
    scenario.deploy();
    try (Load load = scenario.load(2_000).begin(servers.kafka())) {
      // What came while the store was made ready would be too much for a network that is slow.
      scenario.awaitCommitted("all that came so far", Math.max(2_000, scenario.produced()));
      // The task that does not create the schema has failed attempts behind it already.
      long failed = scenario.total(Metric.ATTEMPTS_FAILED_TOTAL);
      scenario.during(
          what,
          () -> {
            scenario.awaitProduced(scenario.produced() + 20_000);
            assertThat(scenario.states()).containsOnly("RUNNING");
          });
      scenario.awaitRecovery();
      failed = scenario.total(Metric.ATTEMPTS_FAILED_TOTAL) - failed;
      scenario.judge(load.end());
      return failed;
    }
  }

  /** Requests are lost, answers are lost though the write happened, connections end anyhow. */
  @SuiteOnly
  @ParameterizedTest
  @EnumSource(
      value = TcpProxy.Mode.class,
      names = {"PASS", "DRIBBLE"},
      mode = EnumSource.Mode.EXCLUDE)
  void theNetworkFailsUnderLoad(TcpProxy.Mode mode) throws Exception {
    String fault = mode.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    try (Scenario scenario = scenario(behindNetwork(), fault.replace(' ', '-')).about(fault)) {
      scenario.outlive(network(mode));
    }
  }

  @SuiteOnly
  @Test
  void theNetworkPassesSingleBytes() throws Exception {
    try (Scenario scenario = scenario(behindNetwork(), "dribble")) {
      endure(scenario, network(TcpProxy.Mode.DRIBBLE));
    }
  }

  /** Each way takes a tenth of a second: slow, but no outage. */
  @SuiteOnly
  @Test
  void theNetworkIsSlow() throws Exception {
    try (Scenario scenario = scenario(behindNetwork(), "latency")) {
      assertThat(endure(scenario, latency(Duration.ofMillis(100)))).isZero();
    }
  }

  /** Each way takes longer than the connector waits for an answer: as good as none. */
  @SuiteOnly
  @Test
  void theNetworkIsSlowerThanTheFlushTimeout() throws Exception {
    try (Scenario scenario = scenario(behindNetwork(), "slower")) {
      scenario.outlive(latency(Duration.ofSeconds(6)));
    }
  }

  @SuiteOnly
  @Test
  void theServerIsFrozenAndThaws() throws Exception {
    try (Scenario scenario = scenario(destination(), "frozen")) {
      scenario.outlive(Outage.of(server()::suspend, server()::resume));
    }
  }

  /** It gets a twentieth of the time that it needs: slow answers, timeouts, and some that come. */
  @SuiteOnly
  @Test
  void theServerIsOverloaded() throws Exception {
    try (Scenario scenario = scenario(destination(), "overloaded")) {
      endure(scenario, new Starvation(server()));
    }
  }

  private Outage network(TcpProxy.Mode mode) {
    return Outage.of(() -> proxy().mode(mode), () -> proxy().mode(TcpProxy.Mode.PASS));
  }

  private Outage latency(Duration each) {
    return Outage.of(() -> proxy().delay(each), () -> proxy().delay(Duration.ZERO));
  }

  @Test
  void theWorkerIsKilledInMidFlushAndComesBack() throws Exception {
    String name = store + "-worker-killed";
    try (ConnectWorker mortal = Scenario.worker(servers, name, "512m");
        Scenario scenario = new Scenario(servers, mortal, destination(), name)) {
      Map<String, String> config = scenario.config();
      // By default it is three quarters of a minute before the dead consumers are missed.
      config.put("consumer.override.session.timeout.ms", "6000");
      config.put("consumer.override.heartbeat.interval.ms", "1500");
      scenario.deploy(config);
      try (Load load = scenario.goodLoad(Scenario.share(2_500)).begin(servers.kafka())) {
        for (int committed : new int[] {Scenario.share(5_000), Scenario.share(20_000)}) {
          scenario.awaitCommitted(committed + " records", committed);
          Await.until(
              "batches in flight", BOUND, () -> scenario.largest(Metric.BATCHES_IN_FLIGHT) > 0);
          scenario.struck();
          mortal.kill();
          mortal.restart();
          mortal.rest().awaitRunning(name);
          scenario.healed();
        }
        scenario.judge(load.end());
      }
    }
  }

  @Test
  void oneBadRecordInTwentyThousandStopsNothing() throws Exception {
    try (Scenario scenario = scenario(destination(), "one-bad")) {
      Workload workload = scenario.workload(100_000).withBadEvery(20_000);
      workload.send(servers.kafka());
      scenario.deploy();
      scenario.judge(workload);
      assertThat(workload.deadLetters()).hasSize(5);
      assertThat(scenario.deadLetters()).isEqualTo(5);
    }
  }

  @Test
  void aTopicOfNothingButBadRecordsComesToItsEnd() throws Exception {
    try (Scenario scenario = scenario(destination(), "all-bad")) {
      Workload workload = scenario.workload(20_000).withBadEvery(1);
      workload.send(servers.kafka());
      scenario.deploy();
      scenario.awaitCommitted("all bad records", 20_000);
      assertThat(scenario.deadLetters()).isEqualTo(20_000);
    }
  }

  @Test
  void theStoreIsAbsentWhenTheConnectorStarts() throws Exception {
    try (Scenario scenario = scenario(destination(), "absent")) {
      Workload workload = scenario.workload(20_000).withBadEvery(1_000);
      scenario.during(
          outage(),
          () -> {
            workload.send(servers.kafka());
            scenario.deploy();
            scenario.awaitOutage(Duration.ofSeconds(5));
            assertThat(scenario.committed()).isZero();
            assertThat(scenario.deadLetters()).isZero();
          });
      scenario.judge(workload);
    }
  }

  /** A long outage at full input: what the task holds stays under its settings. */
  @SuiteOnly
  @Test
  void memoryStaysBoundedInAnOutageAtFullInput() throws Exception {
    String name = store + "-memory";
    try (ConnectWorker small = Scenario.worker(servers, name, "256m");
        Scenario scenario = new Scenario(servers, small, destination(), name)) {
      Map<String, String> config = scenario.config();
      config.put("tasks.max", "1");
      config.put("buffer.max.bytes", "16777216");
      scenario.deploy(config);
      Workload workload = scenario.workload(longOutageRecords()).padded(300);
      CompletableFuture<Void> load = workload.start(servers.kafka());
      scenario.awaitCommitted("the first commits", 1_000);
      scenario.during(
          outage(),
          () -> {
            scenario.awaitOutage(longOutage());
            load.join();
            assertThat(scenario.paused()).isTrue();
            // One poll may lie above the mark, since the consumer is asked to stop only after it.
            assertThat(scenario.largest(Metric.BYTES_BUFFERED))
                .isBetween(8_388_608L, 16_777_216L + 1_000_000L);
            assertThat(scenario.states()).containsOnly("RUNNING");
          });
      scenario.judge(workload);
    }
  }
}
