package io.datapoints.connect.errors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.ErrantRecordReporter;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTaskContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ErrantRecordsTest {

  private static final SinkRecord RECORD = new SinkRecord("t", 3, null, null, null, "secret", 42);
  private static final Map<String, String> DEAD_LETTERS =
      Map.of("errors.tolerance", "all", "errors.deadletterqueue.topic.name", "dlq");
  private static final Map<String, String> TOLERANT = Map.of("errors.tolerance", "all");

  @Test
  void theReporterGetsTheOriginalRecordAndEveryReason() {
    List<SinkRecord> records = new ArrayList<>();
    List<Throwable> errors = new ArrayList<>();
    ErrantRecords errants =
        ErrantRecords.of(
            context(
                (record, error) -> {
                  records.add(record);
                  errors.add(error);
                  return CompletableFuture.completedFuture(null);
                }),
            TOLERANT);
    assertThat(errants.report(RECORD, List.of("name is missing.", "tags are missing."))).isDone();
    assertThat(records).containsExactly(RECORD);
    assertThat(errors.get(0)).hasMessage("Record t-3@42: name is missing. tags are missing.");
  }

  @Test
  void aReportThatEndsWithoutTheProducersProofIsAFailure() {
    AtomicInteger reports = new AtomicInteger();
    ErrantRecords errants =
        ErrantRecords.of(
            context(
                (record, error) -> {
                  reports.incrementAndGet();
                  return CompletableFuture.completedFuture(null);
                }),
            DEAD_LETTERS);
    assertThatThrownBy(() -> errants.report(RECORD, List.of("name is missing.")))
        .isInstanceOf(ConnectException.class)
        .hasMessageStartingWith("Record t-3@42: name is missing. Its value has 6 characters.")
        .hasMessageContaining("not written to dlq")
        .hasMessageContaining("producer.override.max.request.size")
        .hasMessageNotContaining("secret");
    assertThat(reports).hasValue(3);
  }

  @Test
  void anAcknowledgementInTheVeryInstantOfTheReportIsNoFailure() {
    Queue<Future<Void>> answers =
        new ArrayDeque<>(
            List.of(CompletableFuture.completedFuture(null), new CompletableFuture<>()));
    ErrantRecords errants =
        ErrantRecords.of(context((record, error) -> answers.remove()), DEAD_LETTERS);
    assertThat(errants.report(RECORD, List.of("name is missing."))).isNotDone();
  }

  @Test
  void whereTheWorkerCountsNoFailureAReportThatHasEndedIsAcknowledged() {
    AtomicInteger reports = new AtomicInteger();
    ErrantRecords errants = counted(reports, () -> OptionalLong.of(7));
    assertThat(errants.report(RECORD, List.of("name is missing."))).isDone();
    assertThat(reports).hasValue(1);
  }

  @Test
  void whereTheWorkerCountsAFailureAReportThatHasEndedIsRefused() {
    AtomicInteger reports = new AtomicInteger();
    ErrantRecords errants = counted(reports, () -> OptionalLong.of(reports.get()));
    assertThatThrownBy(() -> errants.report(RECORD, List.of("name is missing.")))
        .hasMessageContaining("not written to dlq");
  }

  private static ErrantRecords counted(AtomicInteger reports, Supplier<OptionalLong> failures) {
    return new ReportedRecords(
        (record, error) -> {
          reports.incrementAndGet();
          return CompletableFuture.completedFuture(null);
        },
        "dlq",
        failures);
  }

  @Test
  void aDeadLetterThatTheBrokerRefusesSaysWhichRecordAndWhy() {
    CompletableFuture<Void> sent = new CompletableFuture<>();
    ErrantRecords errants = ErrantRecords.of(context((record, error) -> sent), DEAD_LETTERS);
    Future<Void> report = errants.report(RECORD, List.of("name is missing."));
    sent.completeExceptionally(new RecordTooLargeException("The message is 2 bytes too large."));
    assertThatThrownBy(report::get)
        .cause()
        .isInstanceOf(ConnectException.class)
        .hasMessageStartingWith("Record t-3@42: name is missing.")
        .hasMessageContaining("RecordTooLargeException: The message is 2 bytes too large.");
  }

  @Test
  void aProducerThatThrowsIsAFailureThatNamesTheRecord() {
    ErrantRecords errants =
        ErrantRecords.of(
            context(
                (record, error) -> {
                  throw new KafkaException("Producer closed");
                }),
            DEAD_LETTERS);
    assertThatThrownBy(() -> errants.report(RECORD, List.of("name is missing.")))
        .isInstanceOf(ConnectException.class)
        .hasMessageContaining("t-3@42")
        .hasMessageContaining("Producer closed");
  }

  @Test
  void aReporterThatToleratesNothingFailsTheTaskWithTheRecordNamed() {
    ErrantRecords errants =
        ErrantRecords.of(
            context(
                (record, error) -> {
                  throw new ConnectException("Tolerance exceeded in error handler");
                }),
            Map.of());
    assertThatThrownBy(() -> errants.report(RECORD, List.of("name is missing.")))
        .isInstanceOf(ConnectException.class)
        .hasMessage("Record t-3@42: name is missing.")
        .hasRootCauseMessage("Tolerance exceeded in error handler");
  }

  @Test
  void withoutAReporterNothingIsToleratedUnlessSaid() {
    ErrantRecords errants = ErrantRecords.of(context(null), Map.of());
    assertThatThrownBy(() -> errants.report(RECORD, List.of("name is missing.")))
        .isInstanceOf(ConnectException.class)
        .hasMessage("Record t-3@42: name is missing.");
  }

  @Test
  void withoutAReporterButWithToleranceTheTaskGoesOn() {
    ErrantRecords errants = ErrantRecords.of(context(null), TOLERANT);
    assertThat(errants).isInstanceOf(SkippedRecords.class);
    assertThatCode(() -> errants.report(RECORD, List.of("x"))).doesNotThrowAnyException();
  }

  private static SinkTaskContext context(@Nullable ErrantRecordReporter reporter) {
    return (SinkTaskContext)
        Proxy.newProxyInstance(
            ErrantRecordsTest.class.getClassLoader(),
            new Class<?>[] {SinkTaskContext.class},
            (proxy, method, arguments) -> reporter);
  }
}
