package io.datapoints.connect.benchmark;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.datapoints.connect.config.CassandraSinkConfig;
import io.datapoints.connect.config.PipelineConfig;
import io.datapoints.connect.model.RecordOrigin;
import io.datapoints.connect.model.Rule;
import io.datapoints.connect.model.Sample;
import io.datapoints.connect.model.SampleSink;
import io.datapoints.connect.table.TableReader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.connect.sink.SinkRecord;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Decoding one flat record of seven fields (149 bytes of JSON) for one target or several. Run with
 * {@code -prof gc} for the bytes allocated.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class TableDecodeBenchmark {

  private static final RecordOrigin ORIGIN = new RecordOrigin("t", 0, 0, 0);
  private static final int RECORDS = 1_000;

  @Param({"1", "3"})
  int targets;

  private SinkRecord[] records = new SinkRecord[0];
  private TableReader decoder = new TableReader(topic -> List.of(), 1);
  private int next;

  @Setup
  public void writeRecords() {
    Map<String, String> properties = new HashMap<>();
    properties.put("layout", "table");
    properties.put("cassandra.contact.points", "localhost");
    properties.put("cassandra.local.datacenter", "dc1");
    for (int target = 0; target < targets; target++) {
      properties.put(
          "topic.t.ks.t" + target + ".mapping",
          "source_ip=value.source_ip, dest_ip=value.dest_ip, source_port=value.source_port,"
              + " dest_port=value.dest_port, protocol=value.protocol, ts=value.timestamp,"
              + " value=value.value");
    }
    PipelineConfig config = CassandraSinkConfig.from(properties).pipeline();
    decoder = new TableReader(config.mapping(), config.records().maxInflatedBytes());
    records = new SinkRecord[RECORDS];
    for (int i = 0; i < RECORDS; i++) {
      records[i] = new SinkRecord("t", 0, null, null, null, json(i).getBytes(UTF_8), i);
    }
  }

  private static String json(int i) {
    return "{\"source_ip\":\"192.0.2.%d\",\"dest_ip\":\"198.51.100.%d\",\"source_port\":%d,"
            .formatted(i % 200, i % 150, 40_000 + i)
        + "\"dest_port\":443,\"protocol\":\"tcp\",\"timestamp\":%d,\"value\":%d.25}"
            .formatted(1_700_000_000_000L + i, 1_000 + i);
  }

  /** One record to its cells. */
  @Benchmark
  public void decode(Blackhole blackhole) {
    SinkRecord record = records[next];
    next = next + 1 == records.length ? 0 : next + 1;
    decoder.read(record, ORIGIN, new BlackholeSink(blackhole));
  }

  private record BlackholeSink(Blackhole blackhole) implements SampleSink {

    @Override
    public void accept(Sample sample) {
      blackhole.consume(sample);
    }

    @Override
    public void reject(Rule rule, String reason) {
      throw new IllegalStateException(reason);
    }
  }
}
