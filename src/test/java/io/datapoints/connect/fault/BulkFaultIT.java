package io.datapoints.connect.fault;

import static org.assertj.core.api.Assertions.assertThat;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.bson.Document;
import io.datapoints.connect.kit.Await;
import io.datapoints.connect.kit.ConnectWorker;
import io.datapoints.connect.kit.Servers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Bulk writes that fail in part, through the whole pipeline: a MongoDB in this process answers with
 * the errors of a real one.
 */
@FaultSuite
class BulkFaultIT {

  private static final int RECORDS = 20_000;
  private static final Duration BOUND = Duration.ofMinutes(3);

  private static final WriteFault EVERY_OPERATION =
      new WriteFault() {
        @Override
        public int ofOperation(Document filter) {
          return 17_261;
        }
      };

  private final Servers servers;
  private final FaultyBackend backend = new FaultyBackend();
  private final MongoServer mongo = new MongoServer(backend);
  private final Destination destination;
  @AutoClose private final ConnectWorker worker;

  BulkFaultIT(Servers servers) {
    this.servers = servers;
    int port = servers.ports().next();
    mongo.bind("127.0.0.1", port);
    String uri = "mongodb://127.0.0.1:" + port + "/?directConnection=true";
    this.destination = new MongoDestination(uri, uri, "faults", RecordKind.FLOWS);
    this.worker = Scenario.worker(servers, "fault-bulk", "512m");
  }

  @AfterEach
  void heal() {
    backend.fault(WriteFault.NONE);
  }

  @AfterAll
  void stop() {
    mongo.shutdownNow();
  }

  @Test
  void onlyTheDocumentThatIsRefusedBecomesADeadLetter() throws Exception {
    try (Scenario scenario = scenario("refused")) {
      Workload workload = scenario.workload(RECORDS);
      Map<String, Long> expected = new HashMap<>(workload.expected());
      List<Integer> culprits = List.of(7, 1_234, 19_999);
      culprits.forEach(number -> expected.remove(RecordKind.FLOWS.key(number)));
      backend.fault(
          new WriteFault() {
            @Override
            public int ofOperation(Document filter) {
              return culprits.contains(number(filter)) ? 121 : 0;
            }
          });
      workload.send(servers.kafka());
      scenario.deploy();
      scenario.judgeStored(RECORDS, expected, culprits.stream().map(workload::text).toList());
      assertThat(scenario.deadLetters()).isEqualTo(culprits.size());
      // They look good, so that the auditor misses them: it would miss any record that is lost.
      assertThat(scenario.violations()).hasSize(culprits.size());
    }
  }

  /** A code that is in no table of ours is put to two rows, while the others are taken. */
  @SuiteOnly
  @Test
  void aStuckRowBesideABusyStreamCostsItsRecordAndNoOther() throws Exception {
    StuckRows stuck = new StuckRows(Map.of(7, 17_262, 1_234, 13_027));
    try (Scenario scenario = scenario("stuck")) {
      backend.fault(stuck);
      scenario.deploy();
      try (Load load = scenario.goodLoad(500).begin(servers.kafka())) {
        scenario.struck();
        scenario.awaitProduced(2_000);
        Set<String> texts = stuck.texts(scenario.workload(2_000));
        Map<String, Place> places = places("fault-bulk-stuck", texts);
        assertThat(places).hasSize(texts.size());
        Await.until(
            "the dead letters", BOUND, () -> noPlaceIsPassedBeforeItsLetter(places, scenario));
        scenario.healed();
        Workload sent = load.end();
        Map<String, Long> expected = new HashMap<>(sent.expected());
        stuck.numbers().forEach(number -> expected.remove(RecordKind.FLOWS.key(number)));
        scenario.judgeStored(sent.records(), expected, List.copyOf(texts));
      }
      assertThat(scenario.deadLetters()).isEqualTo(2);
      stuck.assertTriedAmongOthers();
      // They look good, so that the auditor misses them: it would miss any record that is lost.
      assertThat(scenario.violations()).hasSize(2);
    }
  }

  /** Where a record stands. */
  private record Place(TopicPartition partition, long offset) {}

  private Map<String, Place> places(String topic, Set<String> texts) {
    Map<String, Place> places = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : servers.kafka().records(topic)) {
      String text = new String(record.value(), StandardCharsets.UTF_8);
      if (texts.contains(text)) {
        TopicPartition partition = new TopicPartition(topic, record.partition());
        places.put(text, new Place(partition, record.offset()));
      }
    }
    return places;
  }

  /** Whether all are dead letters. What was committed is asked first, and what is a letter then. */
  private boolean noPlaceIsPassedBeforeItsLetter(Map<String, Place> places, Scenario scenario) {
    Map<TopicPartition, Long> committed =
        servers.kafka().committedOffsets("connect-fault-bulk-stuck");
    Set<String> letters =
        servers.kafka().records(scenario.errors()).stream()
            .map(letter -> new String(letter.value(), StandardCharsets.UTF_8))
            .collect(Collectors.toSet());
    places.forEach(
        (text, place) -> {
          if (!letters.contains(text)) {
            assertThat(committed.getOrDefault(place.partition(), 0L))
                .isLessThanOrEqualTo(place.offset());
          }
        });
    return letters.containsAll(places.keySet());
  }

  /** Every operation gets one, as if a setting of the server had been changed. */
  @SuiteOnly
  @Test
  void aCodeThatNobodyKnowsPutToEverythingIsWaitedFor() throws Exception {
    try (Scenario scenario = scenario("everything")) {
      scenario.deploy(scenario.impatientConfig());
      try (Load load = scenario.goodLoad(500).begin(servers.kafka())) {
        scenario.awaitCommitted("the first commits", 1_000);
        scenario.during(
            Outage.of(() -> backend.fault(EVERY_OPERATION), this::heal),
            // Longer than a row that is at fault by itself takes to be found out.
            () -> scenario.awaitUnwritten(Duration.ofSeconds(45)));
        scenario.awaitRecovery();
        scenario.judge(load.end());
      }
      assertThat(scenario.deadLetters()).isZero();
    }
  }

  /** What only an operator cures is said with the server's name for it. */
  @SuiteOnly
  @ParameterizedTest
  @CsvSource({
    "13297, DatabaseDifferCase (13297)",
    "8000, AtlasError (8000)",
    "301, DataCorruptionDetected (301)"
  })
  void whatOnlyAnOperatorCuresFailsTheTaskAndCostsNoRecord(int code, String told) throws Exception {
    String name = "fault-bulk-operator-" + code;
    try (Scenario scenario = scenario("operator-" + code).about("code " + code)) {
      scenario.mayFail();
      // Each task logs its end with the traces of all causes.
      scenario.mayLog(600);
      Workload workload = scenario.workload(RECORDS);
      scenario.deploy();
      scenario.struck();
      backend.fault(
          new WriteFault() {
            @Override
            public int ofCommand() {
              return code;
            }
          });
      workload.send(servers.kafka());
      worker.rest().awaitFailed(name);
      assertThat(worker.rest().trace(name)).contains(told);
      heal();
      scenario.revive();
      scenario.healed();
      scenario.judge(workload);
      assertThat(scenario.deadLetters()).isZero();
    }
  }

  /** Each of them more than once, and the race of two upserts among them. */
  @Test
  void operationsThatFailInPassingAreRepeated() throws Exception {
    int[] codes = {11_000, 112, 11_600, 10_107, 189, 112};
    Map<Integer, AtomicInteger> attempts = new ConcurrentHashMap<>();
    outlive(
        "passing",
        new WriteFault() {
          @Override
          public int ofOperation(Document filter) {
            int number = number(filter);
            int attempt =
                attempts.computeIfAbsent(number, first -> new AtomicInteger()).getAndIncrement();
            return number % 7 == 0 && attempt < codes.length ? codes[attempt] : 0;
          }
        },
        codes.length * (RECORDS / 7));
  }

  @SuiteOnly
  @Test
  void commandsThatAMemberRefusesAreRepeated() throws Exception {
    int[] codes = {10_107, 11_600, 91, 11_602, 13_435, 189, 262};
    AtomicInteger commands = new AtomicInteger();
    outlive(
        "commands",
        new WriteFault() {
          @Override
          public int ofCommand() {
            int command = commands.getAndIncrement();
            return command % 3 == 0 && command / 3 < codes.length ? codes[command / 3] : 0;
          }
        },
        codes.length);
  }

  @SuiteOnly
  @Test
  void writesThatTooFewMembersConfirmAreRepeated() throws Exception {
    int[] codes = {64, 100, 91, 64, 11_600};
    AtomicInteger commands = new AtomicInteger();
    outlive(
        "concern",
        new WriteFault() {
          @Override
          public int ofWriteConcern() {
            int command = commands.getAndIncrement();
            return command % 2 == 0 && command / 2 < codes.length ? codes[command / 2] : 0;
          }
        },
        codes.length);
  }

  private Scenario scenario(String name) throws IOException {
    return new Scenario(servers, worker, destination, "fault-bulk-" + name);
  }

  /** Everything is stored, and nothing is a dead letter, though so many errors were answered. */
  private void outlive(String name, WriteFault fault, int errors) throws Exception {
    try (Scenario scenario = scenario(name)) {
      long before = backend.errors();
      backend.fault(fault);
      Workload workload = scenario.workload(RECORDS);
      workload.send(servers.kafka());
      scenario.deploy();
      scenario.judge(workload);
      assertThat(backend.errors() - before).isGreaterThanOrEqualTo(errors);
      assertThat(scenario.deadLetters()).isZero();
    }
  }

  /** The number of the record that an operation is for. */
  static int number(Document filter) {
    Instant timestamp = (Instant) Objects.requireNonNull(filter.get("timestamp"));
    return RecordKind.number(timestamp.toEpochMilli());
  }
}
