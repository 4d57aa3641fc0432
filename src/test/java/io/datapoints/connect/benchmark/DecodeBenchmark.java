package io.datapoints.connect.benchmark;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.datapoints.connect.config.KairosConfig;
import io.datapoints.connect.kairosdb.DatapointReader;
import io.datapoints.connect.mapping.Times;
import io.datapoints.connect.mapping.TimestampUnit;
import io.datapoints.connect.model.RecordOrigin;
import io.datapoints.connect.model.Rule;
import io.datapoints.connect.model.Sample;
import io.datapoints.connect.model.SampleSink;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
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
 * Decoding and validating one record of JSON bytes: one point (183 bytes), or 100 points of one
 * series. Run with {@code -prof gc} for the bytes allocated, of which a point's two objects are 64.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class DecodeBenchmark {

  private static final RecordOrigin ORIGIN = new RecordOrigin("metrics", 0, 0, 0);
  private static final long START = 1_500_000_000_123L;

  @Param({"1", "100"})
  int points;

  /** Distinct series, one a record: whether they fit the processor's caches matters. */
  @Param({"1", "2000"})
  int series;

  private SinkRecord[] records = new SinkRecord[0];
  private DatapointReader reader = reader();
  private int next;

  private static DatapointReader reader() {
    KairosConfig settings =
        new KairosConfig(
            false, false, new Times(TimestampUnit.MS, null), new KairosConfig.Ttl(0, false, false));
    return new DatapointReader(1 << 20, settings);
  }

  @Setup
  public void writeRecords() {
    reader = reader();
    records =
        IntStream.range(0, series)
            .mapToObj(i -> json(i).getBytes(UTF_8))
            .map(json -> new SinkRecord("metrics", 0, null, null, null, json, 0))
            .toArray(SinkRecord[]::new);
  }

  private String json(int host) {
    String values =
        points == 1
            ? "\"timestamp\":" + START + ",\"value\":123456789"
            : IntStream.range(0, points)
                .mapToObj(i -> "[" + (START + 1_000L * i) + "," + value(i) + "]")
                .collect(Collectors.joining(",", "\"datapoints\":[", "]"));
    return "{\"name\":\"net.interface.bytes.received\","
        + values
        + ",\"tags\":{\"host\":\"server-%04d.example.com\",".formatted(host)
        + "\"interface\":\"eth0\",\"region\":\"eu-west-1\",\"role\":\"frontend\"}}";
  }

  private static String value(int i) {
    return i % 2 == 0 ? String.valueOf(123_456 + i) : String.valueOf(17 * i + 0.25);
  }

  /** One record to accepted points. */
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
