package io.datapoints.connect.benchmark;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.datapoints.connect.config.CassandraSinkConfig;
import io.datapoints.connect.model.RecordOrigin;
import io.datapoints.connect.model.Rule;
import io.datapoints.connect.model.Sample;
import io.datapoints.connect.model.SampleSink;
import io.datapoints.connect.table.TableReader;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
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
 * Decoding and validating one flow of JSON bytes: seven fields and no more (about 150 bytes). Run
 * with {@code -prof gc} for the bytes allocated, of which the flow itself is 48.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class FlowBenchmark {

  private static final RecordOrigin ORIGIN = new RecordOrigin("flows", 0, 0, 0);
  private static final long START = 1_700_000_000_123L;
  private static final int MAX_INFLATED_BYTES = 1 << 20;

  /** Distinct address pairs, one a record: whether they fit the processor's caches matters. */
  @Param({"1000", "100000"})
  int pairs;

  private SinkRecord[] records = new SinkRecord[0];
  private TableReader reader = reader();
  private int next;

  private static TableReader reader() {
    CassandraSinkConfig config = CassandraSinkConfig.from(Map.of("layout", "flows"));
    return new TableReader(config.pipeline().mapping(), MAX_INFLATED_BYTES);
  }

  @Setup
  public void writeRecords() {
    reader = reader();
    records =
        IntStream.range(0, pairs)
            .mapToObj(i -> json(i).getBytes(UTF_8))
            .map(json -> new SinkRecord("flows", 0, null, null, null, json, 0))
            .toArray(SinkRecord[]::new);
  }

  private static String json(int pair) {
    return "{\"source_ip\":\"10.%d.%d.%d\",".formatted(pair >> 16, (pair >> 8) & 255, pair & 255)
        + "\"dest_ip\":\"192.168.%d.%d\",".formatted(((pair * 7) >> 8) & 255, pair * 7 & 255)
        + "\"source_port\":%d,\"dest_port\":443,".formatted(49_152 + pair % 16_384)
        + "\"protocol\":\"tcp\",\"timestamp\":%d,\"value\":%d}".formatted(START + pair, pair * 31L);
  }

  /** One record to an accepted flow. */
  @Benchmark
  public void decodeAndValidate(Blackhole blackhole) {
    SinkRecord record = records[next];
    next = next + 1 == records.length ? 0 : next + 1;
    reader.read(record, ORIGIN, new BlackholeSink(blackhole));
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
