package io.datapoints.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datapoints.connect.config.NullValues;
import io.datapoints.connect.config.setting.BatchingConfig;
import io.datapoints.connect.config.setting.RetryConfig;
import io.datapoints.connect.delivery.DeliveryEngine;
import io.datapoints.connect.delivery.ScriptedStore;
import io.datapoints.connect.delivery.pace.Ticker;
import io.datapoints.connect.errors.ErrantRecords;
import io.datapoints.connect.metrics.Metric;
import io.datapoints.connect.metrics.MetricsRegistration;
import io.datapoints.connect.metrics.SinkMetrics;
import io.datapoints.connect.model.DataPoint;
import io.datapoints.connect.model.RecordOrigin;
import io.datapoints.connect.model.SampleSink;
import io.datapoints.connect.model.Series;
import io.datapoints.connect.model.Tags;
import io.datapoints.connect.model.Value.LongValue;
import io.datapoints.connect.payload.RecordReader;
import io.datapoints.connect.store.Outcome;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.metrics.MetricValueProvider;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTaskContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StartedTaskTest {

  private static final TopicPartition PARTITION = new TopicPartition("t", 0);

  private final ScriptedStore store = new ScriptedStore();
  private final List<String> calls = new ArrayList<>();
  private final List<Long> reported = new ArrayList<>();
  private final List<String> reasons = new ArrayList<>();
  private RecordReader reader = StartedTaskTest::read;
  private NullValues nullValues = NullValues.IGNORE;
  private Ticker ticker = Ticker.system();
  private SinkMetrics metrics = SinkMetrics.system();
  private Supplier<Object> pluginMetrics =
      () -> {
        throw new NoSuchMethodError("an older worker");
      };
  private long now = 1_000;
  private ErrantRecords errants =
      (record, because) -> {
        reported.add(record.kafkaOffset());
        reasons.addAll(because);
        return CompletableFuture.completedFuture(null);
      };

  @Test
  void recordsThatComeBeforeTheStoreIsOpenAreHeldAndThePartitionsPaused() {
    store.openWith(ScriptedStore.AWAY);
    store.acceptEverything();
    StartedTask task = started();
    task.put(List.of(record(0, "5"), record(1, "6")));
    assertThat(calls).contains("pause[t-0]").noneMatch(call -> call.startsWith("resume"));
    assertThat(committed(task, 2)).isZero();

    store.openWith(Outcome.Durable.DURABLE);
    for (int i = 0; i < 2_000 && !calls.contains("resume[t-0]"); i++) {
      task.put(List.of());
    }
    task.put(List.of());
    task.flush();
    assertThat(store.contents).containsOnlyKeys("s/5", "s/6");
    assertThat(committed(task, 2)).isEqualTo(2);
  }

  @Test
  void heldRecordsOfARevokedPartitionAreForgotten() {
    store.openWith(ScriptedStore.AWAY);
    store.acceptEverything();
    StartedTask task = started();
    task.put(List.of(record(0, "5")));
    task.close(List.of(PARTITION));
    store.openWith(Outcome.Durable.DURABLE);
    for (int i = 0; i < 2_000 && !calls.contains("resume[t-0]"); i++) {
      task.put(List.of());
    }
    task.flush();
    assertThat(store.contents).isEmpty();
    assertThat(task.durableOffsets(Map.of())).isEmpty();
  }

  @Test
  void theRestOfAPollWaitsForTheStoreToOpenForANewTopic() {
    store.acceptEverything();
    StartedTask task = started();
    store.doesNotKnow("new");
    store.openWith(ScriptedStore.AWAY);
    SinkRecord unknown =
        new SinkRecord("new", 0, null, null, null, "6", 1, 5L, TimestampType.CREATE_TIME);
    task.put(List.of(record(0, "5"), unknown, record(2, "7")));
    task.flush();
    assertThat(calls).contains("pause[t-0]").noneMatch(call -> call.startsWith("resume"));
    assertThat(committed(task, 3)).as("up to what waits").isEqualTo(2);

    store.openWith(Outcome.Durable.DURABLE);
    for (int i = 0; i < 2_000 && !calls.contains("resume[t-0]"); i++) {
      task.put(List.of());
    }
    task.put(List.of());
    task.flush();
    assertThat(store.contents).containsOnlyKeys("s/5", "s/6", "s/7");
    assertThat(committed(task, 3)).isEqualTo(3);
  }

  @Test
  void aTombstoneThatSaysSomethingIsRead() {
    store.acceptEverything();
    nullValues = NullValues.FAIL;
    reader =
        new RecordReader() {
          @Override
          public void read(SinkRecord record, RecordOrigin origin, SampleSink sink) {
            sink.accept(
                new DataPoint(
                    new Series("gone", Tags.of(Map.of())), 1, new LongValue(0), 0, origin));
          }

          @Override
          public boolean readsTombstone(SinkRecord record) {
            return true;
          }
        };
    StartedTask task = started();
    task.put(List.of(record(0, null)));
    task.flush();
    assertThat(store.contents).containsOnlyKeys("gone/1");
    assertThat(committed(task, 1)).isEqualTo(1);
  }

  @Test
  void partitionsThatArriveWhileTheOthersArePausedArePausedToo() {
    store.openWith(ScriptedStore.AWAY);
    StartedTask task = started();
    task.put(List.of());
    calls.clear();
    task.open(List.of(new TopicPartition("t", 1)));
    assertThat(calls).containsExactly("pause[t-1]");
  }

  @Test
  void partitionsThatConnectPausedAgainInARebalanceAreResumed() {
    StartedTask task = started();
    task.put(List.of());
    calls.clear();
    task.open(List.of(new TopicPartition("t", 1)));
    assertThat(calls).containsExactly("resume[t-1]");
  }

  @Test
  void tombstonesAreIgnoredAndTheirOffsetsCommitted() {
    StartedTask task = started();
    task.put(List.of(record(0, null)));
    assertThat(reported).isEmpty();
    assertThat(committed(task, 1)).isEqualTo(1);
  }

  @Test
  void tombstonesAreReportedWhenAskedFor() {
    nullValues = NullValues.REPORT;
    StartedTask task = started();
    task.put(List.of(record(0, null)));
    assertThat(reported).containsExactly(0L);
    assertThat(committed(task, 1)).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(NullValues.class)
  void aTombstoneThatNoTableHasAUseForIsNoSilentLoss(NullValues wanted) {
    nullValues = wanted;
    reader =
        new RecordReader() {
          @Override
          public void read(SinkRecord record, RecordOrigin origin, SampleSink sink) {
            // Deletes are off, say.
          }

          @Override
          public boolean readsTombstone(SinkRecord record) {
            return true;
          }
        };
    StartedTask task = started();
    if (wanted == NullValues.FAIL) {
      assertThatThrownBy(() -> task.put(List.of(record(0, null))))
          .hasMessageContaining("behavior.on.null.values");
      return;
    }
    task.put(List.of(record(0, null)));
    assertThat(reported).hasSize(wanted == NullValues.REPORT ? 1 : 0);
    assertThat(committed(task, 1)).isEqualTo(1);
  }

  @Test
  void aTombstoneFailsTheTaskWhenAskedFor() {
    nullValues = NullValues.FAIL;
    StartedTask task = started();
    assertThatThrownBy(() -> task.put(List.of(record(7, null))))
        .isInstanceOf(ConnectException.class)
        .hasMessageContaining("t-0@7")
        .hasMessageContaining("behavior.on.null.values");
    assertThat(committed(task, 7)).isEqualTo(7);
  }

  @Test
  void aPollThatFailsHalfWayCommitsNothingThatTheFrameworkHasNotDelivered() {
    store.acceptEverything();
    nullValues = NullValues.FAIL;
    StartedTask task = started();
    task.put(List.of(record(6, "5")));
    assertThatThrownBy(() -> task.put(List.of(record(7, "6"), record(8, null))))
        .isInstanceOf(ConnectException.class);
    task.flush();
    assertThat(committed(task, 7)).isEqualTo(7);
  }

  @Test
  void anUnexpectedFaultCostsItsRecordAndTheFlowGoesOn() {
    store.acceptEverything();
    StartedTask task = started();
    task.put(List.of(record(7, "5"), record(8, "secret"), record(9, "6")));
    task.flush();
    assertThat(reported).containsExactly(8L);
    assertThat(reasons)
        .containsExactly("cannot be read: unexpected java.lang.NumberFormatException");
    assertThat(store.contents).containsOnlyKeys("s/5", "s/6");
    assertThat(committed(task, 10)).isEqualTo(10);
  }

  @Test
  void theSamplesBeforeAnUnexpectedFaultAreWrittenBeforeItsRecordIsReported() {
    store.acceptEverything();
    StartedTask task = started();
    task.put(List.of(record(7, "5,secret,6")));
    assertThat(reported).isEmpty();
    task.flush();
    assertThat(store.contents).containsOnlyKeys("s/5");
    assertThat(reported).containsExactly(7L);
    assertThat(committed(task, 8)).isEqualTo(8);
  }

  @Test
  void anUnexpectedFaultThatIsNotToleratedFailsTheTaskAndNamesTheRecord() {
    errants = ErrantRecords.of(context(), Map.of());
    StartedTask task = started();
    assertThatThrownBy(() -> task.put(List.of(record(7, "secret"))))
        .isInstanceOf(ConnectException.class)
        .hasMessage("Record t-0@7: cannot be read: unexpected java.lang.NumberFormatException")
        .hasNoCause();
    task.flush();
    assertThat(committed(task, 7)).isEqualTo(7);
  }

  /** The buffer has room for forty rows; a record may bring more than there is room for. */
  @Test
  void theRestOfAPollWaitsUnreadWhileTheBufferIsFull() {
    StartedTask task = started();
    task.put(records(0, 30, 10));
    assertThat(rows()).isBetween(40L, 49L);
    assertThat(metrics.value(Metric.BYTES_BUFFERED).longValue()).isGreaterThan(30 * 250);
    assertThat(calls).containsExactly("pause[t-0]", "timeout");
    for (int i = 0; i < 20; i++) {
      task.put(List.of());
      assertThat(rows()).isBetween(40L, 49L);
    }
    task.flush();
    assertThat(committed(task, 30)).isZero();

    store.acceptEverything();
    answered();
    for (int i = 0; i < 2_000 && !calls.contains("resume[t-0]"); i++) {
      task.put(List.of());
      assertThat(rows()).isLessThan(50);
    }
    assertThat(calls).contains("resume[t-0]");
    task.flush();
    assertThat(committed(task, 30)).isEqualTo(30);
    assertThat(store.contents).hasSize(300);
    assertThat(store.attempts.stream().flatMap(List::stream).map(ScriptedStore.TestRow::key))
        .as("in the order of the log")
        .isSorted();
    assertThat(rows()).isZero();
    assertThat(metrics.value(Metric.BYTES_BUFFERED).longValue()).isZero();
  }

  @Test
  void whatWaitsUnreadOfARevokedPartitionIsForgotten() {
    StartedTask task = started();
    task.put(records(0, 30, 10));
    task.close(List.of(PARTITION));
    store.acceptEverything();
    answered();
    for (int i = 0; i < 2_000 && !calls.contains("resume[t-0]"); i++) {
      task.put(List.of());
    }
    task.flush();
    assertThat(store.contents).hasSizeLessThan(50);
    assertThat(rows()).isZero();
    assertThat(metrics.value(Metric.BYTES_BUFFERED).longValue()).isZero();
    assertThat(task.durableOffsets(Map.of())).isEmpty();
  }

  @Test
  void aRecordOfMoreRowsThanTheBufferHoldsIsABadOneAndCostsNoOther() {
    store.acceptEverything();
    StartedTask task = started();
    List<SinkRecord> poll = new ArrayList<>(records(0, 1, 40));
    poll.addAll(records(1, 1, 41));
    poll.addAll(records(2, 1, 40));
    task.put(poll);
    for (int i = 0; i < 100; i++) {
      task.put(List.of());
    }
    task.flush();
    assertThat(reported).containsExactly(1L);
    assertThat(reasons)
        .containsExactly(
            "The record has more than 40 samples, all that a task may hold (buffer.max.rows);"
                + " nothing from there on was read.");
    assertThat(committed(task, 3)).isEqualTo(3);
    assertThat(store.contents).hasSize(120);
  }

  /** So many records from this offset on, each with so many points of a time of its own. */
  private static List<SinkRecord> records(int from, int count, int points) {
    return IntStream.range(from, from + count)
        .mapToObj(
            offset ->
                record(
                    offset,
                    IntStream.range(0, points)
                        .mapToObj(point -> String.valueOf(100 * offset + point))
                        .collect(Collectors.joining(","))))
        .toList();
  }

  private long rows() {
    return metrics.value(Metric.ROWS_BUFFERED).longValue();
  }

  private void answered() {
    store.answerAll(Outcome.Durable.DURABLE);
  }

  @Test
  void stoppingLetsGoOfTheStore() {
    started().stop();
    assertThat(store.closed).isTrue();
  }

  @Test
  void aWorkerThatCannotTakeTheMetricsAwayDoesNotKeepTheStoreFromBeingClosed() {
    pluginMetrics = () -> new StubbornMetrics();
    StartedTask task = started();
    assertThatThrownBy(task::stop).isInstanceOf(UnsupportedOperationException.class);
    assertThat(store.closed).isTrue();
  }

  /** Takes metrics and gives none back. */
  private static final class StubbornMetrics implements PluginMetrics {

    @Override
    @SuppressWarnings("NonApiType") // The interface has it so.
    public MetricName metricName(
        String name, String description, LinkedHashMap<String, String> tags) {
      return new MetricName(name, "plugins", description, tags);
    }

    @Override
    public void addMetric(MetricName name, MetricValueProvider<?> provider) {}

    @Override
    public void removeMetric(MetricName name) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Sensor addSensor(String name) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void removeSensor(String name) {
      throw new UnsupportedOperationException();
    }
  }

  @Test
  void recordsThatWaitedForTheStoreKeepTheirAge() {
    clockOfTheTest();
    store.openWith(ScriptedStore.AWAY);
    StartedTask task = started();
    task.put(List.of(record(0, "5")));
    awaitOpening(task);
    task.put(List.of(record(1, "6")));
    assertThat(committed(task, 1)).as("entered, and not written").isZero();
    assertThat(age()).isBetween(1_000L, now - 1_000);
    store.acceptEverything();
    task.flush();
    assertThat(committed(task, 2)).isEqualTo(2);
    assertThat(age()).isZero();
  }

  @Test
  void recordsThatWaitForTheStoreLaterHaveTheirOwnAge() {
    clockOfTheTest();
    store.acceptEverything();
    store.openWith(ScriptedStore.AWAY);
    StartedTask task = started();
    task.put(List.of(record(0, "5")));
    awaitOpening(task);
    store.openWith(ScriptedStore.AWAY);
    store.doesNotKnow("new");
    SinkRecord unknown =
        new SinkRecord("new", 0, null, null, null, "6", 1, 5L, TimestampType.CREATE_TIME);
    long before = now;
    task.put(List.of(unknown));
    task.flush();
    assertThat(committed(task, 1)).as("what had waited is written").isEqualTo(1);
    assertThat(age()).isBetween(1L, now - before);
  }

  /** It goes on by a millisecond with each look at it, so that no wait is for ever. */
  private void clockOfTheTest() {
    ticker = () -> ++now;
    metrics = new SinkMetrics(Clock.systemUTC(), () -> TimeUnit.MILLISECONDS.toNanos(now));
  }

  /** The store can be reached some time later, and the next put will find it open. */
  private void awaitOpening(StartedTask task) {
    store.openWith(Outcome.Durable.DURABLE);
    int before = store.opens;
    for (int i = 0; i < 100 && store.opens == before; i++) {
      now += 1_000;
      task.flush();
    }
    assertThat(store.opens).isGreaterThan(before);
  }

  private long age() {
    return metrics.value(Metric.OLDEST_UNWRITTEN_AGE_MS).longValue();
  }

  private StartedTask started() {
    DeliveryEngine engine =
        new DeliveryEngine(
            store,
            new BatchingConfig(
                4, 1_000, Duration.ofMillis(50), 40, 100_000, 3, Duration.ofMillis(500)),
            new RetryConfig(Duration.ofMillis(1), Duration.ofMillis(2), Duration.ofMillis(-1)),
            errants,
            metrics,
            ticker,
            new SplittableRandom(1));
    engine.start(Duration.ofMillis(1));
    return new StartedTask(
        context(),
        reader,
        engine,
        nullValues,
        ticker,
        metrics,
        MetricsRegistration.of(metrics, context(), "started-task-test", "0"));
  }

  /** A reader with a bug: it does not expect what is no number. */
  private static void read(SinkRecord record, RecordOrigin origin, SampleSink sink) {
    for (String time : ((String) record.value()).split(",", -1)) {
      sink.accept(
          new DataPoint(
              new Series("s", Tags.of(Map.of())),
              Long.parseLong(time),
              new LongValue(origin.offset()),
              0,
              origin));
    }
  }

  /**
   * What would be committed.
   *
   * @param delivered the framework's own position
   */
  private static long committed(StartedTask task, long delivered) {
    OffsetAndMetadata offset =
        task.durableOffsets(Map.of(PARTITION, new OffsetAndMetadata(delivered))).get(PARTITION);
    return offset == null ? -1 : offset.offset();
  }

  private static SinkRecord record(long offset, @Nullable String value) {
    return new SinkRecord("t", 0, null, null, null, value, offset, 5L, TimestampType.CREATE_TIME);
  }

  /**
   * A proxy, since the interface grows from version to version. A timeout is waited out, as a poll
   * would.
   */
  private SinkTaskContext context() {
    return (SinkTaskContext)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {SinkTaskContext.class},
            (proxy, method, arguments) -> {
              switch (method.getName()) {
                case "assignment" -> {
                  return Set.of(PARTITION);
                }
                case "errantRecordReporter" -> {
                  return null;
                }
                case "pluginMetrics" -> {
                  return pluginMetrics.get();
                }
                case "pause", "resume" ->
                    calls.add(method.getName() + List.of((TopicPartition[]) arguments[0]));
                case "timeout" -> {
                  calls.add("timeout");
                  LockSupport.parkNanos(1_000_000);
                }
                default -> throw new UnsupportedOperationException(method.getName());
              }
              return null;
            });
  }
}
