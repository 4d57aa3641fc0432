package io.datapoints.connect.benchmark;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.datapoints.connect.config.CassandraSinkConfig;
import io.datapoints.connect.config.PipelineConfig;
import io.datapoints.connect.format.FormatDecoder;
import io.datapoints.connect.format.telegraf.TelegrafDecoder;
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
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** From Telegraf's JSON of a hundred fields to points, by the field. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class TelegrafBenchmark {

  private static final int METRICS = 10;
  private static final int FIELDS = 10;
  private static final RecordOrigin ORIGIN = new RecordOrigin("telegraf", 0, 0, 0);

  private final FormatDecoder decoder = decoder();

  /** A record a metric, as its Kafka output writes them, or a batch in one record. */
  @Param({"1", "10"})
  public int metricsPerRecord;

  private byte[][] records = {};

  private static FormatDecoder decoder() {
    PipelineConfig config =
        CassandraSinkConfig.from(Map.of("record.format", "telegraf_json")).pipeline();
    return new TelegrafDecoder(
        config.format().influx(),
        config.format().telegraf(),
        new PointFeed(config.kairos(), "source", "unknown"));
  }

  private static String metric(int number) {
    String fields =
        IntStream.range(0, FIELDS)
            .mapToObj(i -> "\"usage_" + i + "\":" + (i % 2 == 0 ? 17.25 * i : i))
            .collect(Collectors.joining(","));
    return "{\"fields\":{"
        + fields
        + "},\"name\":\"cpu\",\"tags\":{\"cpu\":\"cpu"
        + number
        + "\",\"host\":\"server-0001.example.com\",\"region\":\"eu-west-1\"},"
        + "\"timestamp\":1700000000}";
  }

  /** The same metrics in either form. */
  @Setup
  public void write() {
    String[] metrics =
        IntStream.range(0, METRICS).mapToObj(TelegrafBenchmark::metric).toArray(String[]::new);
    if (metricsPerRecord == 1) {
      records = new byte[METRICS][];
      for (int i = 0; i < METRICS; i++) {
        records[i] = (metrics[i] + "\n").getBytes(UTF_8);
      }
    } else {
      records =
          new byte[][] {("{\"metrics\":[" + String.join(",", metrics) + "]}\n").getBytes(UTF_8)};
    }
  }

  /** A hundred fields to accepted points. */
  @Benchmark
  @OperationsPerInvocation(METRICS * FIELDS)
  public void read(Blackhole blackhole) {
    SampleSink sink =
        new SampleSink() {
          @Override
          public void accept(Sample sample) {
            blackhole.consume(sample);
          }

          @Override
          public void reject(Rule rule, String reason) {
            throw new IllegalStateException(reason);
          }
        };
    for (byte[] record : records) {
      decoder.decode(record, 0, record.length, ORIGIN, sink);
    }
  }
}
