package io.datapoints.connect.benchmark;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.datapoints.connect.intake.BodyEncoding;
import io.datapoints.connect.intake.Compression;
import io.datapoints.connect.intake.Intake;
import io.datapoints.connect.intake.Intakes;
import io.datapoints.connect.intake.Log;
import io.datapoints.connect.intake.Outcome;
import io.datapoints.connect.intake.Reservation;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * From a body of 100 points to its answer, over a log that costs nothing: the time of a point, with
 * two threads reading bodies.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class IntakeBenchmark {

  private static final int BODIES = 64;
  private static final int POINTS = 100;
  private static final long START = 1_500_000_000_123L;

  /** How many series the points of a body are of. */
  @Param({"1", "100"})
  int series;

  private List<byte[]> bodies = List.of();
  private @Nullable Intake intake;

  /** Acknowledges each record at once. */
  private static final Log NOWHERE =
      new Log() {
        @Override
        public int maxRecordBytes() {
          return 1 << 20;
        }

        @Override
        public @Nullable String fault() {
          return null;
        }

        @Override
        public void send(byte[] key, byte[] value, Acknowledgement acknowledgement) {
          acknowledgement.completed(null);
        }
      };

  @Setup
  public void open() {
    intake = Intakes.of(NOWHERE);
    bodies = IntStream.range(0, BODIES).mapToObj(body -> body(body).getBytes(UTF_8)).toList();
  }

  @TearDown
  public void close() {
    if (intake != null) {
      intake.close();
    }
  }

  private String body(int body) {
    int each = POINTS / series;
    return IntStream.range(0, series)
        .mapToObj(i -> metric(body * series + i, each))
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static String metric(int host, int points) {
    return IntStream.range(0, points)
        .mapToObj(i -> "[" + (START + 1_000L * i) + "," + (17 * i + 0.25) + "]")
        .collect(
            Collectors.joining(
                ",",
                "{\"name\":\"net.interface.bytes.received\",\"tags\":{\"host\":\"server-%06d\","
                        .formatted(host)
                    + "\"interface\":\"eth0\",\"region\":\"eu-west-1\"},\"datapoints\":[",
                "]}"));
  }

  /** Bodies to answers. */
  @Benchmark
  @OperationsPerInvocation(BODIES * POINTS)
  public void answer() throws InterruptedException {
    Intake to = intake;
    if (to == null) {
      throw new IllegalStateException("not set up");
    }
    CountDownLatch answers = new CountDownLatch(BODIES);
    for (byte[] body : bodies) {
      Reservation reservation = (Reservation) to.admit(body.length);
      reservation.charge(body.length);
      to.submit(
          reservation,
          body,
          body.length,
          BodyEncoding.ofKairosDb(Compression.NONE),
          outcome -> answered(outcome, answers));
    }
    answers.await();
  }

  private static void answered(Outcome outcome, CountDownLatch answers) {
    if (!(outcome instanceof Outcome.Stored)) {
      throw new IllegalStateException(outcome.toString());
    }
    answers.countDown();
  }
}
