package io.datapoints.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.datapoints.connect.config.setting.BatchingConfig;
import io.datapoints.connect.config.setting.RetryConfig;
import io.datapoints.connect.delivery.DeliveryEngine;
import io.datapoints.connect.delivery.RecordSink;
import io.datapoints.connect.delivery.pace.Ticker;
import io.datapoints.connect.flows.Conversation;
import io.datapoints.connect.flows.Flow;
import io.datapoints.connect.metrics.Metric;
import io.datapoints.connect.metrics.SinkMetrics;
import io.datapoints.connect.model.DataPoint;
import io.datapoints.connect.model.MappedRecord;
import io.datapoints.connect.model.RecordOrigin;
import io.datapoints.connect.model.Sample;
import io.datapoints.connect.model.Series;
import io.datapoints.connect.model.Tags;
import io.datapoints.connect.model.Value;
import io.datapoints.connect.model.Value.DoubleValue;
import io.datapoints.connect.model.Value.StringValue;
import io.datapoints.connect.store.Outcome;
import io.datapoints.connect.store.Plan;
import io.datapoints.connect.store.Row;
import io.datapoints.connect.store.Store;
import io.datapoints.connect.store.cassandra.BindingStore;
import io.datapoints.connect.store.mongodb.EncodingStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a task says that it holds, against what the heap shows: a bound that is counted wrong is no
 * bound. The store is frozen, so that everything is held.
 */
class HeldMemoryTest {

  private static final int ROWS = 100_000;

  /** So many that what caches keep, which is bounded, is little beside them. */
  private static final int MANY_ROWS = 400_000;

  private static final int PERCENT = 25;
  private static final long START = 1_700_000_000_000L;

  /** Of these each instance serves all its rows, as those that a decoder hands out of series. */
  private static final int SHARED = 100;

  /** Makes the sample of this number. */
  private interface Content {
    Sample sample(int number, RecordOrigin origin);
  }

  static List<Arguments> contents() {
    Series[] series = new Series[SHARED];
    Arrays.setAll(series, HeldMemoryTest::series);
    Content few = (n, origin) -> point(series[n % SHARED], n, new DoubleValue(n), origin);
    Content many = (n, origin) -> point(series(n), n, new DoubleValue(n), origin);
    Content flows = (n, origin) -> flow(conversation(n % SHARED), n, origin);
    return List.of(
        arguments("points of few series", (Supplier<Store>) BindingStore::ofPoints, ROWS, 50, few),
        arguments(
            "points of a series each", (Supplier<Store>) BindingStore::ofPoints, ROWS, 50, many),
        arguments(
            "points of a record each", (Supplier<Store>) BindingStore::ofPoints, ROWS, 1, few),
        arguments(
            "points with texts",
            (Supplier<Store>) BindingStore::ofPoints,
            ROWS,
            50,
            (Content)
                (n, origin) ->
                    point(series[n % SHARED], n, new StringValue("text ".repeat(40) + n), origin)),
        arguments("flows", (Supplier<Store>) BindingStore::ofFlows, ROWS, 50, flows),
        arguments(
            "flows of a conversation each",
            (Supplier<Store>) BindingStore::ofFlows,
            ROWS,
            50,
            (Content) (n, origin) -> flow(conversation(n), n, origin)),
        arguments(
            "rows of a table",
            (Supplier<Store>) BindingStore::ofTable,
            ROWS,
            1,
            (Content) HeldMemoryTest::cells),
        arguments(
            "documents of few series", (Supplier<Store>) EncodingStore::ofPoints, ROWS, 50, few),
        arguments(
            "documents of a series each",
            (Supplier<Store>) EncodingStore::ofPoints,
            MANY_ROWS,
            50,
            many),
        arguments("documents of flows", (Supplier<Store>) EncodingStore::ofFlows, ROWS, 50, flows));
  }

  private static Series series(int number) {
    return new Series(
        "machine.temperature.of.part." + number,
        Tags.of(Map.of("host", "machine-" + number, "room", "north")));
  }

  private static Sample point(Series series, long time, Value value, RecordOrigin origin) {
    return new DataPoint(series, START + time, value, 0, origin);
  }

  private static Conversation conversation(int number) {
    return new Conversation(
        "10." + number / 62_500 + "." + number / 250 % 250 + "." + number % 250,
        "192.168.100." + number % 250,
        "tcp");
  }

  private static Sample flow(Conversation conversation, long time, RecordOrigin origin) {
    return new Flow(conversation, 443, 50_000, START + time, 1.5, origin).sample();
  }

  private static Sample cells(int number, RecordOrigin origin) {
    List<Object> values =
        Arrays.asList(
            "device-" + number % SHARED,
            Instant.ofEpochMilli(START + number),
            number,
            number + 0.5,
            1_000_000L + number,
            "state " + number,
            true);
    return new MappedRecord("t", 0, values.toArray(), null, false, origin);
  }

  @ParameterizedTest
  @MethodSource("contents")
  void whatIsCountedIsWithinAQuarterOfWhatTheHeapShows(
      String name, Supplier<Store> store, int rows, int rowsARecord, Content content) {
    // Loads classes, and whatever else is made once.
    fill(engine(store.get(), SinkMetrics.system()), rows / 10, rowsARecord, content);
    SinkMetrics metrics = SinkMetrics.system();
    DeliveryEngine engine = engine(store.get(), metrics);
    long before = live();
    fill(engine, rows, rowsARecord, content);
    long held = live() - before;
    assertThat(metrics.value(Metric.ROWS_BUFFERED).longValue()).isEqualTo(rows);
    assertThat(metrics.value(Metric.BYTES_BUFFERED).longValue())
        .isCloseTo(held, withinPercentage(PERCENT));
    engine.close();
  }

  private static void fill(DeliveryEngine engine, int rows, int rowsARecord, Content content) {
    for (int number = 0; number < rows; number += rowsARecord) {
      RecordSink sink = engine.begin(record(number / rowsARecord), 0);
      for (int row = 0; row < rowsARecord; row++) {
        sink.accept(content.sample(number + row, sink.origin()));
      }
      sink.end();
    }
    engine.pollEnded();
    engine.tick();
  }

  private static SinkRecord record(long offset) {
    Schema none = null;
    return new SinkRecord(
        "t", 0, none, null, none, new byte[300], offset, START + offset, TimestampType.CREATE_TIME);
  }

  private static DeliveryEngine engine(Store store, SinkMetrics metrics) {
    DeliveryEngine engine =
        new DeliveryEngine(
            new Frozen(store),
            new BatchingConfig(
                250,
                500_000,
                Duration.ofSeconds(1),
                10 * MANY_ROWS,
                Long.MAX_VALUE,
                32,
                Duration.ofMillis(1)),
            new RetryConfig(Duration.ofMillis(1), Duration.ofMillis(2), Duration.ofMillis(-1)),
            (record, reasons) -> {
              throw new AssertionError(reasons);
            },
            metrics,
            Ticker.system(),
            new SplittableRandom(1));
    engine.start(Duration.ofSeconds(1));
    return engine;
  }

  private static long live() {
    System.gc();
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  /** Plans, and answers no write. */
  private record Frozen(Store store) implements Store {

    @Override
    public CompletionStage<Outcome> open() {
      return store.open();
    }

    @Override
    public Plan plan(Sample sample) {
      return store.plan(sample);
    }

    @Override
    public CompletionStage<Outcome> write(List<Row> rows) {
      return new CompletableFuture<>();
    }

    @Override
    public void close() {
      store.close();
    }
  }
}
