package io.datapoints.connect.store.cassandra;

import io.datapoints.connect.config.CassandraSinkConfig;
import io.datapoints.connect.config.setting.BatchingConfig;
import io.datapoints.connect.delivery.DeliveryEngine;
import io.datapoints.connect.delivery.RecordSink;
import io.datapoints.connect.delivery.pace.Ticker;
import io.datapoints.connect.flows.Conversation;
import io.datapoints.connect.flows.Flow;
import io.datapoints.connect.metrics.SinkMetrics;
import io.datapoints.connect.model.MappedRecord;
import io.datapoints.connect.model.RecordOrigin;
import io.datapoints.connect.payload.RecordReader;
import io.datapoints.connect.store.Row;
import io.datapoints.connect.table.TableReader;
import java.nio.charset.StandardCharsets;
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
 * The connector's own part of the way for flows that are decoded already: plan, encoding, batch,
 * and with the engine buffering and offsets too. Time is that of one flow.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
    value = 1,
    jvmArgs = {"-Xmx1g", "-XX:+UseSerialGC"})
public class FlowsToBatchBenchmark {

  private static final CassandraSinkConfig CONFIG =
      CassandraSinkConfig.from(Map.of("layout", "flows"));

  private static final int FLOWS = 400_000;
  private static final int POLL = 500;
  private static final int BATCH = 250;
  private static final long START = 1_700_000_000_000L;

  /** Address pairs that take turns. */
  @Param({"1000", "100000"})
  public int conversations;

  private final BindingStore store = BindingStore.ofFlows();
  private final BatchingConfig batching = CassandraSinkConfig.from(Map.of()).pipeline().batching();
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

  private final List<SinkRecord> records = new ArrayList<>(FLOWS);
  private final List<MappedRecord> flows = new ArrayList<>(FLOWS);
  private int next;
  private final RecordReader reader = new TableReader(CONFIG.pipeline().mapping(), 1 << 20);

  /** Makes the flows and opens the store. */
  @Setup
  public void start() {
    List<Conversation> pairs = new ArrayList<>();
    for (int pair = 0; pair < conversations; pair++) {
      String source = "10.%d.%d.%d".formatted(pair >> 16, pair >> 8 & 255, pair & 255);
      pairs.add(new Conversation(source, "192.168.1.20", pair % 5 == 0 ? "udp" : "tcp"));
    }
    for (int offset = 0; offset < FLOWS; offset++) {
      int round = offset / conversations;
      RecordOrigin origin = new RecordOrigin("flows", 0, offset, START + offset);
      Conversation pair = pairs.get(offset % conversations);
      flows.add(
          new Flow(pair, 1024 + offset % 50_000, 443, START + round, offset, origin).sample());
      String json =
          "{\"source_ip\":\"%s\",\"dest_ip\":\"%s\",\"source_port\":%d,\"dest_port\":443,\"protocol\":\"%s\",\"timestamp\":%d,\"value\":%s}"
              .formatted(
                  pair.sourceIp(),
                  pair.destIp(),
                  1024 + offset % 50_000,
                  pair.protocol(),
                  START + round,
                  offset % 1000 + ".5");
      records.add(
          new SinkRecord(
              "flows",
              0,
              null,
              null,
              null,
              json.getBytes(StandardCharsets.UTF_8),
              offset,
              START + offset,
              TimestampType.CREATE_TIME));
    }
    engine.start(Duration.ofSeconds(1));
  }

  /** Plan and batch alone, with the flows of a batch as they come. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public long planAndBind() {
    int first = next++ % (FLOWS / BATCH) * BATCH;
    List<Row> rows = new ArrayList<>(BATCH);
    for (int flow = first; flow < first + BATCH; flow++) {
      rows.add((Row) store.plan(flows.get(flow)));
    }
    store.write(rows);
    return store.bound;
  }

  /** A poll, through the engine. */
  @Benchmark
  @OperationsPerInvocation(POLL)
  public long put() {
    int first = next++ % (FLOWS / POLL) * POLL;
    for (int flow = first; flow < first + POLL; flow++) {
      RecordSink sink = engine.begin(records.get(flow), 0);
      sink.accept(flows.get(flow));
      sink.end();
      if (flow % 50 == 0) {
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

  /** A poll of JSON, from its bytes. */
  @Benchmark
  @OperationsPerInvocation(POLL)
  public long readAndPut() {
    int first = next++ % (FLOWS / POLL) * POLL;
    for (int flow = first; flow < first + POLL; flow++) {
      SinkRecord record = records.get(flow);
      RecordSink sink = engine.begin(record, 0);
      reader.read(record, sink.origin(), sink);
      sink.end();
      if (flow % 50 == 0) {
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
