package io.datapoints.connect.benchmark;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.datapoints.connect.config.CassandraSinkConfig;
import io.datapoints.connect.config.PipelineConfig;
import io.datapoints.connect.format.FormatDecoder;
import io.datapoints.connect.format.influx.LineProtocolDecoder;
import io.datapoints.connect.kairosdb.PointFeed;
import io.datapoints.connect.model.RecordOrigin;
import io.datapoints.connect.model.Rule;
import io.datapoints.connect.model.Sample;
import io.datapoints.connect.model.SampleSink;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** From a record of ten lines of ten fields to points, by the field. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class LineProtocolBenchmark {

  private static final int LINES = 10;
  private static final int FIELDS = 10;
  private static final RecordOrigin ORIGIN = new RecordOrigin("telegraf", 0, 0, 0);

  private final FormatDecoder decoder = decoder();
  private final byte[] record = lines().getBytes(UTF_8);

  private static FormatDecoder decoder() {
    PipelineConfig config = CassandraSinkConfig.from(Map.of("record.format", "influx")).pipeline();
    return new LineProtocolDecoder(
        config.format().influx(), new PointFeed(config.kairos(), "source", "unknown"));
  }

  private static String lines() {
    String fields =
        IntStream.range(0, FIELDS)
            .mapToObj(i -> "usage_" + i + "=" + (i % 2 == 0 ? 17.25 * i : i + "i"))
            .collect(Collectors.joining(","));
    return IntStream.range(0, LINES)
        .mapToObj(
            i ->
                "cpu,cpu=cpu"
                    + i
                    + ",host=server-0001.example.com,region=eu-west-1 "
                    + fields
                    + " 1700000000123456789")
        .collect(Collectors.joining("\n"));
  }

  /** One record to accepted points. */
  @Benchmark
  @OperationsPerInvocation(LINES * FIELDS)
  public void read(Blackhole sink) {
    decoder.decode(
        record,
        0,
        record.length,
        ORIGIN,
        new SampleSink() {
          @Override
          public void accept(Sample sample) {
            sink.consume(sample);
          }

          @Override
          public void reject(Rule rule, String reason) {
            throw new IllegalStateException(reason);
          }
        });
  }
}
