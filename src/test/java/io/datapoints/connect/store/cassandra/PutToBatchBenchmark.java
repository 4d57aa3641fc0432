package io.datapoints.connect.store.cassandra;

import io.datapoints.connect.benchmark.Workload;
import io.datapoints.connect.config.CassandraSinkConfig;
import io.datapoints.connect.config.PipelineConfig;
import io.datapoints.connect.config.setting.BatchingConfig;
import io.datapoints.connect.delivery.DeliveryEngine;
import io.datapoints.connect.delivery.RecordSink;
import io.datapoints.connect.delivery.pace.Ticker;
import io.datapoints.connect.kairosdb.DatapointReader;
import io.datapoints.connect.metrics.SinkMetrics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.sink.SinkRecord;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The connector's own part of the way: from records to bound batches, decode, validation, plan,
 * encoding, buffering and offsets included, against a store that binds and then acknowledges at
 * once. Time is that of one point.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
    value = 1,
    jvmArgs = {"-Xmx1g", "-XX:+UseSerialGC"})
public class PutToBatchBenchmark {

  private static final int POLL = 500;
  private static final int RECORDS = 300_000;

  /** Of the records of one point; the others have 1,000. */
  @Param({"1000", "100000"})
  public int series;

  private List<List<SinkRecord>> onePoint = List.of();
  private final List<List<SinkRecord>> hundredPoints =
      polls(new Workload("hundred", 1_000, 1_000, 100));

  private final BindingStore store = BindingStore.ofPoints();
  private final PipelineConfig config = CassandraSinkConfig.from(Map.of()).pipeline();
  private final BatchingConfig batching = CassandraSinkConfig.from(Map.of()).pipeline().batching();
  private final DatapointReader reader =
      new DatapointReader(config.records().maxInflatedBytes(), config.kairos());
  private final DeliveryEngine engine =
      new DeliveryEngine(
          store,
          batching,
          CassandraSinkConfig.from(Map.of()).pipeline().retry(),
          (record, reasons) -> {
            throw new IllegalStateException(String.join(" ", reasons));
          },
          SinkMetrics.system(),
          Ticker.system(),
          new SplittableRandom(1));

  private int next;

  /** All records in memory, so that only the connector is timed. */
  private static List<List<SinkRecord>> polls(Workload workload) {
    List<List<SinkRecord>> polls = new ArrayList<>();
    List<SinkRecord> poll = new ArrayList<>();
    long offset = 0;
    for (int point = 0; point < workload.pointsPerSeries(); point += workload.pointsPerRecord()) {
      for (int series = 0; series < workload.series(); series++) {
        poll.add(
            new SinkRecord(
                "metrics",
                0,
                null,
                null,
                null,
                workload.record(series, point),
                offset++,
                1_700_000_000_000L,
                TimestampType.CREATE_TIME));
        if (poll.size() == POLL) {
          polls.add(List.copyOf(poll));
          poll.clear();
        }
      }
    }
    return polls;
  }

  /** Opens the store. */
  @Setup
  public void start() {
    // So many that no point comes back while its last writing still waits in a buffer.
    onePoint = polls(new Workload("one", series, RECORDS / series, 1));
    engine.start(Duration.ofSeconds(1));
  }

  /** Records of one point each. */
  @Benchmark
  @OperationsPerInvocation(POLL)
  public long onePointRecords() {
    return put(onePoint);
  }

  /** Records of a hundred points each. */
  @Benchmark
  @OperationsPerInvocation(POLL * 100)
  public long hundredPointRecords() {
    return put(hundredPoints);
  }

  private long put(List<List<SinkRecord>> polls) {
    int entered = 0;
    for (SinkRecord record : polls.get(next++ % polls.size())) {
      RecordSink sink = engine.begin(record, 0);
      reader.read(record, sink.origin(), sink);
      sink.end();
      if (++entered % 50 == 0) {
        engine.tick();
      }
    }
    engine.pollEnded();
    do {
      engine.tick();
    } while (engine.full());
    engine.durableOffsets(Map.of());
    engine.throwFailure();
    return store.bound;
  }
}
