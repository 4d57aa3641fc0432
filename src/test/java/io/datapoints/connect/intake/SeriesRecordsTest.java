package io.datapoints.connect.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.datapoints.connect.config.format.InfluxConfig.Precision;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which records become of a body in another format than KairosDB's. */
class SeriesRecordsTest {

  private static final BodyEncoding LINES =
      new BodyEncoding(new BodyFormat.Lines(Precision.MS), Compression.NONE);

  private final MemoryLog log = new MemoryLog();
  private final Intake intake = Intakes.of(log);

  @AfterEach
  void close() {
    intake.close();
  }

  private Outcome outcome(String lines) throws InterruptedException, ExecutionException {
    return Intakes.submit(intake, lines.getBytes(UTF_8), LINES).get();
  }

  @Test
  void thePointsOfASeriesAreOneRecordInTheirOrder() throws Exception {
    assertThat(outcome("m,h=a f=1i 5\nm,h=b f=2i 5\nm,h=a f=3i 5\nm,h=a f=4i 4"))
        .isEqualTo(new Outcome.Stored(4));
    assertThat(log.records())
        .extracting(MemoryLog.Sent::value)
        .containsExactly(
            "{\"name\":\"m.f\",\"tags\":{\"h\":\"a\"},\"datapoints\":"
                + "[[5,1,\"long\"],[5,3,\"long\"],[4,4,\"long\"]]}",
            "{\"name\":\"m.f\",\"tags\":{\"h\":\"b\"},\"datapoints\":[[5,2,\"long\"]]}");
  }

  @Test
  void noMorePointsThanSomeWaitForOthersOfTheirSeries() throws Exception {
    String many =
        IntStream.range(0, 25_000)
            .mapToObj(i -> "m,h=" + i % 2 + " f=1 " + i)
            .collect(Collectors.joining("\n"));
    assertThat(outcome(many)).isEqualTo(new Outcome.Stored(25_000));
    assertThat(log.records()).hasSize(6);
  }

  @Test
  void longTagsDoNotWaitInMemory() throws Exception {
    String tag = "a".repeat(60_000);
    String fields =
        IntStream.range(0, 100).mapToObj(i -> "f" + i + "=1").collect(Collectors.joining(","));
    assertThat(outcome("m,h=b f=1 1\nm,h=" + tag + " " + fields + " 1\nm,h=b f=1 2"))
        .isEqualTo(new Outcome.Stored(102));
    assertThat(log.records().stream().filter(sent -> sent.key().contains("\"b\""))).hasSize(2);
  }

  @Test
  void aPointThatFitsNoRecordIsNamedAndTheOthersAreStored() throws Exception {
    log.withMaxRecordBytes(300);
    assertThat(outcome("m,h=a f=\"" + "x".repeat(300) + "\",g=1 1"))
        .isInstanceOfSatisfying(
            Outcome.Rejected.class,
            rejected -> {
              assertThat(rejected.stored()).isEqualTo(1);
              assertThat(rejected.parts()).isEqualTo(1);
              assertThat(rejected.reasons())
                  .singleElement()
                  .asString()
                  .contains("metric(name=m.f)");
            });
    assertThat(log.records()).hasSize(1);
  }
}
