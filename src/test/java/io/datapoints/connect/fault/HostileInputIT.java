package io.datapoints.connect.fault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.datapoints.connect.kit.Colliding;
import io.datapoints.connect.kit.ConnectWorker;
import io.datapoints.connect.kit.Mongo;
import io.datapoints.connect.kit.Servers;
import io.datapoints.connect.pipeline.Contents;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Hostile records among good ones: each costs itself, and nobody reads it in a log. */
@FaultSuite
class HostileInputIT {

  private static final int GOOD_FOR_ONE = 100;

  /** A few lines for a start and the dead letters' producer; not some for each record. */
  private static final int MAX_LOGGED_BYTES = 500_000;

  private final Servers servers;
  private final Mongo mongo;
  @AutoClose private final ConnectWorker worker;

  HostileInputIT(Servers servers) {
    this.servers = servers;
    this.mongo = servers.ownMongo();
    this.worker = Scenario.worker(servers, "fault-hostile", "512m");
  }

  @Test
  void pointsAmongHostileRecordsReachCassandra() throws Exception {
    List<String> hosts = Colliding.texts(Scenario.share(40_000));
    outlive(
        new CassandraDestination(servers.cassandra(), RecordKind.POINTS),
        "fault-hostile-cassandra",
        List.of(HostileRecords.ofHosts(hosts)),
        hosts.stream().collect(Collectors.toMap(host -> Contents.point(host, 1), host -> 1L)));
  }

  @SuiteOnly
  @Test
  void flowsAmongHostileRecordsReachMongo() throws Exception {
    outlive(
        new MongoDestination(
            mongo.uri(), mongo.uri(), servers.mongoDatabase("faults"), RecordKind.FLOWS),
        "fault-hostile-mongodb",
        List.of(),
        Map.of());
  }

  /**
   * @param costly good records, written so that they take long
   * @param ofCostly what is in them
   */
  private void outlive(
      Destination destination, String name, List<byte[]> costly, Map<String, Long> ofCostly)
      throws Exception {
    List<byte[]> hostile = HostileRecords.all();
    try (Scenario scenario = new Scenario(servers, worker, destination, name)) {
      long logged = Files.size(worker.process().log());
      scenario.deploy();
      scenario.struck();
      Workload good = scenario.workload(GOOD_FOR_ONE * hostile.size());
      send(name, good, hostile, costly);
      scenario.healed();
      Map<String, Long> expected = new HashMap<>(good.expected());
      expected.putAll(ofCostly);
      scenario.judgeStored(
          good.records() + hostile.size() + costly.size(),
          expected,
          hostile.stream().map(record -> new String(record, UTF_8)).toList());
      assertThat(letters(scenario)).isEqualTo(counted(hostile));
      // The auditor, which reads leniently, misses some that only look like samples.
      assertThat(places(name, hostile)).containsAll(scenario.violations());
      assertThat(Files.size(worker.process().log()) - logged).isLessThan(MAX_LOGGED_BYTES);
      assertThat(new String(Files.readAllBytes(worker.process().log()), UTF_8))
          .doesNotContain(HostileRecords.SECRET, "OutOfMemoryError", "StackOverflowError");
    }
  }

  private void send(String topic, Workload good, List<byte[]> hostile, List<byte[]> costly) {
    try (Producer<byte[], byte[]> producer = servers.kafka().producer()) {
      List<Future<RecordMetadata>> sent = new ArrayList<>();
      costly.forEach(record -> sent.add(producer.send(new ProducerRecord<>(topic, record))));
      for (int number = 0; number < good.records(); number++) {
        sent.add(producer.send(new ProducerRecord<>(topic, good.text(number).getBytes(UTF_8))));
        if (number % GOOD_FOR_ONE == 0) {
          sent.add(producer.send(new ProducerRecord<>(topic, hostile.get(number / GOOD_FOR_ONE))));
        }
      }
      producer.flush();
      assertThat(sent).allSatisfy(each -> assertThat(each.get().hasOffset()).isTrue());
    }
  }

  /** How the auditor would name the hostile records. */
  private List<String> places(String topic, List<byte[]> hostile) {
    Map<ByteBuffer, Integer> sent = counted(hostile);
    return servers.kafka().records(topic).stream()
        .filter(record -> sent.containsKey(ByteBuffer.wrap(record.value())))
        .map(record -> "VIOLATION " + topic + "-" + record.partition() + " " + record.offset())
        .toList();
  }

  /** The dead letters, byte by byte. */
  private Map<ByteBuffer, Integer> letters(Scenario scenario) throws IOException {
    List<byte[]> letters = new ArrayList<>();
    servers.kafka().records(scenario.errors()).forEach(letter -> letters.add(letter.value()));
    return counted(letters);
  }

  private static Map<ByteBuffer, Integer> counted(List<byte[]> records) {
    Map<ByteBuffer, Integer> counts = new HashMap<>();
    records.forEach(record -> counts.merge(ByteBuffer.wrap(record), 1, Integer::sum));
    return counts;
  }
}
