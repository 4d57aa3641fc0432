package io.datapoints.connect.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.datapoints.connect.kairosdb.Reading;
import io.datapoints.connect.kit.Await;
import io.datapoints.connect.model.Rule;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of requests, and of the room that they take. */
class IntakeTest {

  private static final String GOOD =
      "{\"name\":\"m\",\"tags\":{\"h\":\"a\"},\"datapoints\":[[1, 5.50],[2, 6]]}";
  private static final Duration BOUND = Duration.ofSeconds(30);
  private static final String KEY = "{\"name\":\"m\",\"tags\":{\"h\":\"a\"}}";

  private final MemoryLog log = new MemoryLog();
  private Intake intake = Intakes.of(log);

  @AfterEach
  void close() {
    log.release(null);
    intake.close();
  }

  private void with(long bytes, int requests, Duration answerTimeout) {
    intake.close();
    intake = new Intake(Intakes.config(bytes, requests, answerTimeout), log);
  }

  private Outcome outcome(String body) throws InterruptedException, ExecutionException {
    return Intakes.submit(intake, body).get();
  }

  private Outcome outcome(byte[] body, Compression compression) throws Exception {
    return Intakes.submit(intake, body, BodyEncoding.ofKairosDb(compression)).get();
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(UTF_8));
    }
    return bytes.toByteArray();
  }

  private static Outcome.Cause cause(Outcome outcome) {
    return ((Outcome.Unavailable) outcome).cause();
  }

  private static Outcome.Cause cause(Admission admission) {
    return ((Admission.Refused) admission).why().cause();
  }

  @Test
  void aMetricThatPassesWholeIsARecordOfItsOwnBytes() throws Exception {
    String second = GOOD.replace("\"m\"", "\"\u00fc\"").replace("5.50", "'x'");
    assertThat(outcome("\uFEFF [ " + GOOD + " ,\n" + second + "]"))
        .isEqualTo(new Outcome.Stored(4));
    assertThat(log.records())
        .containsExactly(
            new MemoryLog.Sent(KEY, GOOD),
            new MemoryLog.Sent(KEY.replace("\"m\"", "\"\\u00fc\""), second));
  }

  @Test
  void whatFollowsTheFirstValueIsStoredToo() throws Exception {
    assertThat(outcome(GOOD + "\n" + GOOD + "\n" + GOOD)).isEqualTo(new Outcome.Stored(6));
    assertThat(log.records()).hasSize(3).allMatch(sent -> sent.value().equals(GOOD));
  }

  @Test
  void theGoodPartsAreStoredBeforeTheBadOnesAreAnswered() throws Exception {
    log.hold();
    CompletableFuture<Outcome> answer =
        Intakes.submit(
            intake,
            "[{\"name\":\"\",\"tags\":{\"h\":\"a\"},\"datapoints\":[[1,1]]},"
                + "{\"name\":\"m\",\"tags\":{\"h\":\"a\"},\"ttl\":9,"
                + "\"datapoints\":[[1,5.50],[2,null],[3,\"x\\ud800\"],[4,\"5\",\"long\"]]}]");
    Await.until("the record to be sent", BOUND, () -> log.held() == 1);
    assertThat(answer).isNotDone();
    log.release(null);
    assertThat(answer.get())
        .isEqualTo(
            new Outcome.Rejected(
                List.of(
                    "metric[0].name may not be empty.",
                    "metric[1](name=m).datapoints[1].value may not be empty."),
                2,
                3,
                EnumSet.of(Rule.NAME, Rule.VALUE),
                false));
    assertThat(log.records())
        .containsExactly(
            new MemoryLog.Sent(
                KEY,
                "{\"name\":\"m\",\"tags\":{\"h\":\"a\"},\"ttl\":9,\"datapoints\":"
                    + "[[1,5.5,\"double\"],[3,\"x\\ud800\",\"string\"],[4,5,\"long\"]]}"));
    assertThat(intake.counters().points()).isEqualTo(3);
    assertThat(intake.counters().rejected(Rule.NAME)).isEqualTo(1);
  }

  @Test
  void aValueOfAnotherTypeIsToldFromOtherFaults() throws Exception {
    String text = GOOD.replace("5.50", "\"x\",\"long\"");
    assertThat(outcome(text))
        .isEqualTo(
            new Outcome.Rejected(
                List.of("metric[0](name=m).datapoints[0].value is not a long."),
                1,
                1,
                EnumSet.of(Rule.VALUE),
                true));
  }

  @Test
  void whatIsNoJsonIsRejectedAndWhatCameBeforeIsStored() throws Exception {
    assertThat(outcome("[" + GOOD + ", {\"name\": "))
        .isInstanceOfSatisfying(
            Outcome.Rejected.class,
            rejected -> assertThat(rejected.reasons()).singleElement().asString().contains("JSON"));
    assertThat(log.records()).hasSize(1);
    assertThat(outcome(""))
        .isEqualTo(
            new Outcome.Rejected(
                List.of("The request body is empty."), 1, 0, EnumSet.of(Rule.NO_VALUE), false));
    assertThat(outcome("[]")).isEqualTo(new Outcome.Stored(0));
  }

  @Test
  void aCompressedBodyIsInflatedUpToItsLimit() throws Exception {
    assertThat(outcome(gzip(GOOD), Compression.GZIP)).isEqualTo(new Outcome.Stored(2));
    assertThat(outcome(gzip(" ".repeat(2 << 20) + GOOD), Compression.GZIP))
        .isInstanceOf(Outcome.TooLarge.class);
    assertThat(outcome(GOOD.getBytes(UTF_8), Compression.GZIP))
        .isEqualTo(new Outcome.Rejected(List.of(Body.DAMAGED), 1, 0, EnumSet.of(Rule.GZIP), true));
    assertThat(outcome(gzip(GOOD), Compression.NONE)).isInstanceOf(Outcome.Rejected.class);
    assertThat(log.records()).hasSize(1);
  }

  @Test
  void manyPointsArePartedByBytesAndByCount() throws Exception {
    log.withMaxRecordBytes(1_000);
    String points =
        IntStream.range(0, 500).mapToObj(i -> "[" + i + ",1.25]").collect(Collectors.joining(","));
    String body = GOOD.replace("[1, 5.50],[2, 6]", points);
    assertThat(outcome(body)).isEqualTo(new Outcome.Stored(500));
    assertThat(log.records()).hasSizeGreaterThan(8).allMatch(sent -> sent.key().equals(KEY));
    Reading reading = Reading.plain();
    List<String> read =
        log.records().stream()
            .flatMap(sent -> reading.of(sent.value()).described().stream())
            .toList();
    assertThat(read).isEqualTo(Reading.plain().of(body).described());

    log.withMaxRecordBytes(1 << 20);
    String many =
        IntStream.range(0, 15_000).mapToObj(i -> "[" + i + ",1]").collect(Collectors.joining(","));
    int before = log.records().size();
    assertThat(outcome(GOOD.replace("[1, 5.50],[2, 6]", many)))
        .isEqualTo(new Outcome.Stored(15_000));
    assertThat(log.records()).hasSize(before + 2);
  }

  @Test
  void theTypesOfExtensionsAreSentAnewToo() throws Exception {
    intake.close();
    intake = new Intake(Intakes.extended(), log);
    String body =
        GOOD.replace(
            "[1, 5.50],[2, 6]",
            "[1,{\"real\":1,\"imaginary\":-2},\"complex\"],[2,\"AAEC/w==\",\"binary\"],[3]");
    assertThat(outcome(body)).isInstanceOf(Outcome.Rejected.class);
    assertThat(Reading.extended().of(log.records().get(0).value()).described())
        .containsExactly("m{h=a} 1 complex 1.0 -2.0", "m{h=a} 2 binary 000102ff");
  }

  @Test
  void aPointThatNeedsMoreThanARecordIsRejectedAlone() throws Exception {
    log.withMaxRecordBytes(300);
    String body = GOOD.replace("5.50", "\"" + "x".repeat(300) + "\"");
    assertThat(outcome(body))
        .isEqualTo(
            new Outcome.Rejected(
                List.of(
                    "metric(name=m) has 1 datapoints that need more than the 300 bytes of a"
                        + " record."),
                1,
                1,
                EnumSet.of(Rule.SIZE),
                false));
    assertThat(log.records())
        .singleElement()
        .matches(sent -> sent.value().contains("[2,6,\"long\"]"));
    assertThat(outcome(GOOD.replace("\"a\"", "\"" + "a".repeat(300) + "\"")))
        .isInstanceOf(Outcome.Rejected.class);
  }

  @Test
  void moreThanAMetricMayHaveIsTooLarge() throws Exception {
    String many = "[1,1],".repeat(170_000) + "[1,1]";
    with(64 << 20, 10, Intakes.NEVER);
    assertThat(outcome(GOOD.replace("[1, 5.50],[2, 6]", many)))
        .isEqualTo(new Outcome.Stored(170_001));
    assertThat(outcome(GOOD.replace("[1, 5.50],[2, 6]", "[1],".repeat(250_000) + "[1]")))
        .isInstanceOf(Outcome.TooLarge.class);
  }

  @Test
  void anAnswerListsAThousandReasonsAndCountsTheOthers() throws Exception {
    assertThat(outcome("[" + "{},".repeat(1_999) + "{}]"))
        .isInstanceOfSatisfying(
            Outcome.Rejected.class,
            rejected ->
                assertThat(rejected.reasons())
                    .hasSize(1_001)
                    .last()
                    .isEqualTo("There are 3000 more reasons."));
  }

  @Test
  void aRecordThatFailsMakesTheOutcomeUnknown() throws Exception {
    log.fail(new IllegalStateException("gone"));
    assertThat(cause(outcome("[" + GOOD + "," + GOOD + "]"))).isEqualTo(Outcome.Cause.LOG);
    // Nothing is sent after the first failure: the client has to repeat all of it.
    assertThat(log.records()).hasSize(1);
    assertThat(intake.counters().failedRecords()).isEqualTo(1);
    assertThat(intake.counters().points()).isZero();
    assertThat(intake.bytesInFlight()).isZero();
  }

  @Test
  void aRequestIsAnsweredAtItsDeadlineAndKeepsItsBytesUntilTheLogHasDone() throws Exception {
    with(1 << 20, 10, Duration.ofMillis(100));
    log.hold();
    assertThat(cause(outcome(GOOD))).isEqualTo(Outcome.Cause.DEADLINE);
    Await.until("its place to be free", BOUND, () -> intake.requestsInFlight() == 0);
    assertThat(intake.bytesInFlight()).isGreaterThan(GOOD.length());
    log.release(null);
    assertThat(intake.bytesInFlight()).isZero();
  }

  @Test
  void aLogThatTakesNothingIsKnownBeforeTheBodyIsRead() {
    log.fault("The topic is missing.");
    assertThat(intake.admit(10))
        .isEqualTo(
            new Admission.Refused(
                new Outcome.Unavailable(Outcome.Cause.LOG, "The topic is missing.")));
    assertThat(intake.counters().unavailable(Outcome.Cause.LOG)).isEqualTo(1);
    log.fault(null);
    assertThat(intake.admit(10)).isInstanceOf(Reservation.class);
  }

  @Test
  void requestsAndBytesHaveTheirBounds() {
    with(1 << 20, 2, Intakes.NEVER);
    assertThat(cause(intake.admit(2 << 20))).isEqualTo(Outcome.Cause.BYTES);
    Reservation first = (Reservation) intake.admit(-1);
    Reservation second = (Reservation) intake.admit(-1);
    assertThat(cause(intake.admit(-1))).isEqualTo(Outcome.Cause.REQUESTS);
    assertThat(first.charge(1_000_000)).isTrue();
    assertThat(second.charge(100_000)).isFalse();
    first.release();
    first.release();
    assertThat(second.charge(100_000)).isTrue();
    second.release();
    assertThat(intake.bytesInFlight()).isZero();
    assertThat(intake.requestsInFlight()).isZero();
  }

  @Test
  void whatIsSentAnewAndInflatedIsChargedToo() throws Exception {
    with(20_000, 10, Intakes.NEVER);
    byte[] blanks = gzip(" ".repeat(100_000));
    assertThat(cause(outcome(blanks, Compression.GZIP))).isEqualTo(Outcome.Cause.BYTES);
    log.hold();
    String many =
        IntStream.range(0, 100)
            .mapToObj(i -> GOOD.replace("\"a\"", "\"" + i + "\""))
            .collect(Collectors.joining(",", "[", "]"));
    CompletableFuture<Outcome> answer = Intakes.submit(intake, many);
    Await.until("the room to be used up", BOUND, () -> intake.bytesInFlight() > 19_000);
    log.release(null);
    assertThat(cause(answer.get())).isEqualTo(Outcome.Cause.BYTES);
    assertThat(intake.bytesInFlight()).isZero();
  }

  @Test
  void aClosingIntakeFinishesWhatItHasAndTurnsOthersAway() throws Exception {
    log.hold();
    CompletableFuture<Outcome> answer = Intakes.submit(intake, GOOD);
    Await.until("the record to be sent", BOUND, () -> log.held() == 1);
    intake.drain();
    assertThat(cause(intake.admit(1))).isEqualTo(Outcome.Cause.DRAINING);
    assertThat(intake.awaitIdle(Duration.ofMillis(10))).isFalse();
    log.release(null);
    assertThat(intake.awaitIdle(Duration.ofSeconds(30))).isTrue();
    assertThat(answer.get()).isEqualTo(new Outcome.Stored(2));
  }

  @Test
  void noRequestIsLeftWithoutAnAnswerWhenTheIntakeIsClosed() throws Exception {
    log.hold();
    List<CompletableFuture<Outcome>> answers =
        IntStream.range(0, 50).mapToObj(i -> Intakes.submit(intake, GOOD)).toList();
    intake.close();
    for (CompletableFuture<Outcome> answer : answers) {
      assertThat(answer.get(30, TimeUnit.SECONDS)).isInstanceOf(Outcome.Unavailable.class);
    }
    log.release(null);
    assertThat(intake.bytesInFlight()).isZero();
    assertThat(intake.requestsInFlight()).isZero();
  }

  @Test
  void randomBytesAreAnsweredAndGiveTheirRoomBack() throws Exception {
    Random random = new Random(7);
    for (int i = 0; i < 2_000; i++) {
      byte[] body = new byte[random.nextInt(200)];
      random.nextBytes(body);
      Compression compression = i % 2 == 0 ? Compression.NONE : Compression.GZIP;
      assertThat(outcome(body, compression)).isInstanceOf(Outcome.Rejected.class);
    }
    assertThat(intake.bytesInFlight()).isZero();
  }
}
