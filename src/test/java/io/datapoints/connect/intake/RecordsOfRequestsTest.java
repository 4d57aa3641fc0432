package io.datapoints.connect.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.datapoints.connect.kairosdb.RandomMetrics;
import io.datapoints.connect.kairosdb.Reading;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests of a seeded generator: what the door takes, the sink takes, and reads the same. */
class RecordsOfRequestsTest {

  private static final int REQUESTS = 3_000;

  private final Reading asRequest = Reading.plain();
  private final Reading asRecord = Reading.plain();

  @ParameterizedTest
  @CsvSource({"1, 1000000", "2, 1000000", "3, 300", "4, 150"})
  void readAsThePointsThatTheRequestHad(long seed, int maxRecordBytes) throws Exception {
    RandomMetrics metrics = new RandomMetrics(seed);
    MemoryLog log = new MemoryLog().withMaxRecordBytes(maxRecordBytes);
    Set<Class<?>> outcomes = new HashSet<>();
    try (Intake intake = Intakes.of(log)) {
      for (int i = 0; i < REQUESTS; i++) {
        String body = metrics.record();
        int before = log.records().size();
        outcomes.add(Intakes.submit(intake, body).get().getClass());
        List<MemoryLog.Sent> records = log.records();
        List<String> read = new ArrayList<>();
        for (MemoryLog.Sent sent : records.subList(before, records.size())) {
          read.addAll(asRecord.of(sent.value()).described());
          assertThat(asRecord.reasons()).as(sent.value()).isEmpty();
        }
        assertThat(read).as(body).isEqualTo(asRequest.of(body).described());
      }
    }
    assertThat(outcomes).containsExactlyInAnyOrder(Outcome.Stored.class, Outcome.Rejected.class);
    assertThat(log.records()).hasSizeGreaterThan(REQUESTS / 2);
  }
}
