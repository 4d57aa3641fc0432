package io.datapoints.connect.fault;

import static org.assertj.core.api.Assertions.assertThat;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.bson.Document;
import io.datapoints.connect.kit.ConnectWorker;
import io.datapoints.connect.kit.Servers;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/**
 * Bulk writes that fail in part, through the whole pipeline: a MongoDB in this process answers with
 * the errors of a real one.
 */
@FaultSuite
class BulkFaultIT {

  private static final int RECORDS = 20_000;

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
  private static int number(Document filter) {
    Instant timestamp = (Instant) Objects.requireNonNull(filter.get("timestamp"));
    return RecordKind.number(timestamp.toEpochMilli());
  }
}
