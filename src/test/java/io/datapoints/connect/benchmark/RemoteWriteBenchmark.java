package io.datapoints.connect.benchmark;

import static io.datapoints.connect.format.prometheus.Requests.label;
import static io.datapoints.connect.format.prometheus.Requests.sample;
import static io.datapoints.connect.format.prometheus.Requests.series;

import com.google.protobuf.ByteString;
import io.datapoints.connect.config.CassandraSinkConfig;
import io.datapoints.connect.config.PipelineConfig;
import io.datapoints.connect.format.FormatDecoder;
import io.datapoints.connect.format.prometheus.RemoteWriteDecoder;
import io.datapoints.connect.format.prometheus.Requests;
import io.datapoints.connect.kairosdb.PointFeed;
import io.datapoints.connect.model.RecordOrigin;
import java.util.Map;
import java.util.concurrent.TimeUnit;
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

/** From a request of 1,000 series of ten labels and one sample to points, by the point. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class RemoteWriteBenchmark {

  private static final int SERIES = 1_000;
  private static final RecordOrigin ORIGIN = new RecordOrigin("prom-rw", 0, 0, 0);
  private static final int MAX_INFLATED_BYTES = 1 << 24;

  private final FormatDecoder decoder = decoder();
  private final byte[] record =
      Requests.request(
          IntStream.range(0, SERIES)
              .mapToObj(RemoteWriteBenchmark::one)
              .toArray(ByteString[]::new));

  private static FormatDecoder decoder() {
    PipelineConfig config =
        CassandraSinkConfig.from(Map.of("record.format", "prometheus_remote_write")).pipeline();
    return new RemoteWriteDecoder(
        MAX_INFLATED_BYTES, new PointFeed(config.kairos(), "source", "unknown"));
  }

  private static ByteString one(int number) {
    return series(
        label("__name__", "container_network_receive_bytes_total"),
        label("cluster", "eu-west-1"),
        label("container", "checkout-" + number % 50),
        label("endpoint", "https-metrics"),
        label("id", "/kubepods/burstable/pod627cc493/" + number),
        label("instance", "192.0.2." + number % 200 + ":10250"),
        label("interface", "eth0"),
        label("job", "kubelet"),
        label("namespace", "shop"),
        label("node", "node-" + number % 20 + ".example.com"),
        label("pod", "checkout-6c7d9f4b8-x2x7q"),
        sample(17.25 * number, 1_700_000_000_123L));
  }

  /** One compressed request to accepted points. */
  @Benchmark
  @OperationsPerInvocation(SERIES)
  public void read(Blackhole sink) {
    decoder.decode(record, 0, record.length, ORIGIN, new PointSink(sink));
  }
}
