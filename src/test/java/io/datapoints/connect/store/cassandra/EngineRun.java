package io.datapoints.connect.store.cassandra;

import io.datapoints.connect.config.setting.BatchingConfig;
import io.datapoints.connect.config.setting.RetryConfig;
import io.datapoints.connect.delivery.DeliveryEngine;
import io.datapoints.connect.delivery.RecordSink;
import io.datapoints.connect.delivery.pace.Ticker;
import io.datapoints.connect.kit.Await;
import io.datapoints.connect.metrics.Metric;
import io.datapoints.connect.metrics.SinkMetrics;
import io.datapoints.connect.model.Sample;
import io.datapoints.connect.store.Store;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * Writes samples to a store as a task does: buffered, grouped, and in batches of several
 * partitions. A row that is rejected fails the test.
 */
public final class EngineRun implements AutoCloseable {

  private static final Duration BOUND = Duration.ofMinutes(2);
  private static final int POLL = 500;

  private final SinkMetrics metrics = SinkMetrics.system();
  private final DeliveryEngine engine;
  private long offset;

  /** Opens the store, which it closes in the end. */
  public EngineRun(Store store) {
    this.engine =
        new DeliveryEngine(
            store,
            new BatchingConfig(
                250, 500_000, Duration.ofMillis(50), 50_000, 1L << 26, 16, Duration.ofSeconds(30)),
            new RetryConfig(Duration.ofMillis(100), Duration.ofSeconds(1), Duration.ofMillis(-1)),
            (record, reasons) -> {
              throw new AssertionError(reasons);
            },
            metrics,
            Ticker.system(),
            new SplittableRandom(1));
    engine.start(BOUND);
    Await.until(
        "the store to be open",
        BOUND,
        () -> {
          engine.tick();
          engine.throwFailure();
          return engine.ready();
        });
  }

  /** Writes so many samples, each of a record of its own, and returns once all are acknowledged. */
  public void write(int samples, IntFunction<Sample> content) {
    for (int number = 0; number < samples; number++) {
      RecordSink sink = engine.begin(record(offset++), 0);
      sink.accept(content.apply(number));
      sink.end();
      if (number % POLL == POLL - 1) {
        engine.pollEnded();
        engine.tick();
        engine.throwFailure();
      }
    }
    engine.pollEnded();
    Await.until(
        "everything to be written",
        BOUND,
        () -> {
          engine.flush();
          engine.throwFailure();
          return value(Metric.ROWS_BUFFERED) == 0;
        });
  }

  /** How many partitions a batch had, on the average. */
  public double partitionsABatch() {
    return (double) value(Metric.PARTITIONS_WRITTEN_TOTAL) / value(Metric.BATCHES_WRITTEN_TOTAL);
  }

  /** A figure of the engine. */
  public long value(Metric metric) {
    return metrics.value(metric).longValue();
  }

  private static SinkRecord record(long offset) {
    Schema none = null;
    return new SinkRecord(
        "t", 0, none, null, none, "", offset, TestStores.RECORD_TIME, TimestampType.CREATE_TIME);
  }

  @Override
  public void close() {
    engine.close();
  }
}
