package io.datapoints.connect.delivery;

import io.datapoints.connect.config.setting.BatchingConfig;
import io.datapoints.connect.config.setting.RetryConfig;
import io.datapoints.connect.errors.ErrantRecords;
import io.datapoints.connect.metrics.Metric;
import io.datapoints.connect.metrics.SinkMetrics;
import io.datapoints.connect.model.DataPoint;
import io.datapoints.connect.model.Series;
import io.datapoints.connect.model.Tags;
import io.datapoints.connect.model.Value.LongValue;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/** An engine over a scripted store, with a clock that the test moves. */
final class EngineFixture {

  static final BatchingConfig BATCHING =
      new BatchingConfig(4, 1_000, Duration.ofMillis(100), 40, 1_000_000, 3, Duration.ofMillis(50));
  static final RetryConfig RETRY =
      new RetryConfig(Duration.ofMillis(10), Duration.ofMillis(1_000), Duration.ofMillis(-1));

  final ScriptedStore store = new ScriptedStore();
  final Map<Long, List<String>> reported = new LinkedHashMap<>();

  /** The framework's position in each partition. */
  final Map<TopicPartition, OffsetAndMetadata> delivered = new HashMap<>();

  final SinkMetrics metrics =
      new SinkMetrics(Clock.systemUTC(), () -> TimeUnit.MILLISECONDS.toNanos(this.now));
  final DeliveryEngine engine;
  long now = 1_000;

  /** Where a flush waits, the time has to pass by itself. */
  LongSupplier clock = () -> this.now;

  boolean tolerant = true;
  @Nullable RuntimeException bug;
  CompletableFuture<Void> deadLetter = CompletableFuture.completedFuture(null);

  EngineFixture() {
    this(BATCHING, RETRY);
  }

  EngineFixture(BatchingConfig batching, RetryConfig retry) {
    ErrantRecords errants =
        (record, reasons) -> {
          if (bug != null) {
            throw bug;
          }
          if (!tolerant) {
            throw new DataException("record " + record.kafkaOffset() + " " + reasons);
          }
          List<String> before = reported.put(record.kafkaOffset(), List.copyOf(reasons));
          if (before != null) {
            throw new AssertionError("reported twice: " + record.kafkaOffset());
          }
          return deadLetter;
        };
    engine =
        new DeliveryEngine(
            store,
            batching,
            retry,
            errants,
            metrics,
            () -> clock.getAsLong(),
            new SplittableRandom(1));
  }

  EngineFixture started() {
    engine.start(Duration.ofMillis(1));
    return this;
  }

  /** One record with one point, whose value is the record's offset. */
  void put(int partition, long offset, String series, long timestamp) {
    put(partition, offset, series, timestamp, 0);
  }

  void put(int partition, long offset, String series, long timestamp, int ttl) {
    RecordSink sink = begin(partition, offset);
    sink.accept(
        new DataPoint(
            new Series(series, Tags.of(Map.of())),
            timestamp,
            new LongValue(offset),
            ttl,
            sink.origin()));
    sink.end();
  }

  RecordSink begin(int partition, long offset) {
    delivered(partition, offset);
    return engine.begin(record(partition, offset), now);
  }

  /** A record that came to the framework, whether or not a transform dropped it. */
  void delivered(int partition, long offset) {
    delivered.put(new TopicPartition("t", partition), new OffsetAndMetadata(offset + 1));
  }

  void close(int partition) {
    TopicPartition closed = new TopicPartition("t", partition);
    delivered.remove(closed);
    engine.closePartitions(List.of(closed));
  }

  static SinkRecord record(int partition, long offset) {
    return new SinkRecord(
        "t", partition, null, null, null, "v", offset, 5L, TimestampType.CREATE_TIME);
  }

  long figure(Metric metric) {
    return metrics.value(metric).longValue();
  }

  void endPoll() {
    engine.pollEnded();
    engine.tick();
    engine.updateMetrics(Long.MAX_VALUE);
  }

  void pass(long millis) {
    now += millis;
    engine.tick();
    engine.updateMetrics(Long.MAX_VALUE);
  }

  /** What would be committed for this partition, or -1 for nothing. */
  long committed(int partition) {
    var offset = engine.durableOffsets(delivered).get(new TopicPartition("t", partition));
    return offset == null ? -1 : offset.offset();
  }
}
