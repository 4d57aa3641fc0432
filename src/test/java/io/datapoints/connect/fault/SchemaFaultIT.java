package io.datapoints.connect.fault;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import io.datapoints.connect.kit.Await;
import io.datapoints.connect.kit.ConnectWorker;
import io.datapoints.connect.kit.Servers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** What the connector writes to is taken away under load. */
@FaultSuite
@SuiteOnly
class SchemaFaultIT {

  private static final Duration BOUND = Duration.ofMinutes(2);

  private final Servers servers;

  SchemaFaultIT(Servers servers) {
    this.servers = servers;
  }

  /** What is written before it goes with the table; everything that came later is in its heir. */
  @Test
  void aTableThatIsDroppedFailsTheTasksByNameAndMayComeBack() throws Exception {
    String name = SharedStore.CASSANDRA.scenario("dropped");
    try (ConnectWorker worker = Scenario.worker(servers, name, "512m");
        CqlSession session = servers.cassandra().session();
        Scenario scenario =
            new Scenario(servers, worker, SharedStore.CASSANDRA.destination(servers), name)) {
      scenario.mayFail();
      // Each task logs its end with the traces of all causes, and the driver what it sees go.
      scenario.mayLog(600);
      scenario.deploy();
      try (Load load = scenario.goodLoad(4_000).begin(servers.kafka())) {
        scenario.awaitCommitted("the first commits", 5_000);
        scenario.struck();
        session.execute("DROP TABLE " + name.replace('-', '_') + ".data_points");
        Await.until(
            "both tasks to fail",
            BOUND,
            () -> scenario.states().equals(List.of("RUNNING", "FAILED", "FAILED")));
        assertThat(worker.rest().trace(name)).contains(".data_points is missing");
        Workload sent = load.end();
        Map<TopicPartition, Long> committed = servers.kafka().committedOffsets("connect-" + name);
        assertThat(scenario.committed()).isLessThan(sent.records());
        scenario.revive();
        scenario.healed();
        scenario.judgeStored(sent.records(), from(committed, name, sent), List.of());
      }
      assertThat(scenario.violations()).isEmpty();
    }
  }

  /** The samples of the records that are not committed. */
  private Map<String, Long> from(
      Map<TopicPartition, Long> committed, String topic, Workload workload) {
    Map<String, Integer> numbers = new HashMap<>();
    for (int number = 0; number < workload.records(); number++) {
      numbers.put(workload.text(number), number);
    }
    Map<String, Long> samples = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : servers.kafka().records(topic)) {
      if (record.offset()
          >= committed.getOrDefault(new TopicPartition(topic, record.partition()), 0L)) {
        int number =
            Objects.requireNonNull(numbers.get(new String(record.value(), StandardCharsets.UTF_8)));
        samples.put(RecordKind.POINTS.key(number), (long) number);
      }
    }
    return samples;
  }
}
