package io.datapoints.connect.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.datapoints.connect.kit.ConnectWorker;
import io.datapoints.connect.kit.Servers;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Bad records that cannot become dead letters. */
@FaultSuite
@SuiteOnly
class DeadLetterFaultIT {

  private static final int RECORDS = 30_000;
  private static final String LARGE = "1000000";

  private final Servers servers;
  @AutoClose private final ConnectWorker worker;

  DeadLetterFaultIT(Servers servers) {
    this.servers = servers;
    this.worker = Scenario.worker(servers, "fault-letters", "512m");
  }

  @Test
  void noBadRecordIsPassedOverWhileTheDeadLetterTopicRefusesIt() throws Exception {
    passesNothingOver("fault-letters-refused", "60", Map.of(), "larger than the max message size");
  }

  /** The producer refuses before it sends, and Connect hands on no future of it. */
  @Test
  void noBadRecordIsPassedOverWhileTheProducerRefusesItsDeadLetter() throws Exception {
    String limit = "producer.override.max.request.size";
    passesNothingOver("fault-letters-producer", LARGE, Map.of(limit, "60"), limit);
  }

  private void passesNothingOver(
      String name, String topicLimit, Map<String, String> settings, String told) throws Exception {
    try (Scenario scenario = scenario(name)) {
      scenario.mayFail();
      servers.kafka().topics().configure(scenario.errors(), "max.message.bytes", topicLimit);
      Workload workload = scenario.workload(RECORDS).withBadEvery(1_000);
      workload.send(servers.kafka());
      Map<String, String> config = scenario.config();
      config.putAll(settings);
      worker.rest().putConnector(name, config);
      scenario.struck();
      worker.rest().awaitFailed(name);
      assertThat(worker.rest().trace(name)).contains(told);
      assertNothingBeyond(firstBad(name, workload), name);
      assertThat(scenario.deadLetters()).isZero();
      servers.kafka().topics().configure(scenario.errors(), "max.message.bytes", LARGE);
      scenario.revive();
      scenario.healed();
      scenario.judge(workload);
    }
  }

  @Test
  void whereErrorsAreNotToleratedNothingIsPassedOverUntilTheyAre() throws Exception {
    String name = "fault-letters-none";
    try (Scenario scenario = scenario(name)) {
      scenario.mayFail();
      Workload workload = scenario.workload(RECORDS).withBadEvery(1_000);
      workload.send(servers.kafka());
      Map<String, String> config = scenario.config();
      config.put("errors.tolerance", "none");
      worker.rest().putConnector(name, config);
      scenario.struck();
      worker.rest().awaitFailed(name);
      Map<TopicPartition, Long> firstBad = firstBad(name, workload);
      assertThat(worker.rest().trace(name))
          .containsAnyOf(
              firstBad.entrySet().stream()
                  .map(each -> "Record " + each.getKey() + "@" + each.getValue() + ": ")
                  .toArray(String[]::new));
      assertNothingBeyond(firstBad, name);
      scenario.revive();
      scenario.healed();
      scenario.judge(workload);
    }
  }

  private void assertNothingBeyond(Map<TopicPartition, Long> firstBad, String name) {
    servers
        .kafka()
        .committedOffsets("connect-" + name)
        .forEach(
            (partition, offset) ->
                assertThat(offset).isLessThanOrEqualTo(firstBad.getOrDefault(partition, offset)));
  }

  /** Where the first bad record of each partition stands. */
  private Map<TopicPartition, Long> firstBad(String topic, Workload workload) {
    Set<String> bad = new HashSet<>(workload.deadLetters());
    Map<TopicPartition, Long> first = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : servers.kafka().records(topic)) {
      if (bad.contains(new String(record.value(), StandardCharsets.UTF_8))) {
        first.putIfAbsent(new TopicPartition(topic, record.partition()), record.offset());
      }
    }
    return first;
  }

  private Scenario scenario(String name) throws Exception {
    return new Scenario(servers, worker, SharedStore.CASSANDRA.destination(servers), name);
  }
}
