package io.datapoints.connect.kairosdb;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.datapoints.connect.flows.RandomFlow;
import io.datapoints.connect.kairosdb.Gauntlet.Fate;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever a record holds, it ends in samples and reasons: nothing is thrown, nothing hangs, no
 * reason quotes a value, and what is allocated for it is bounded by its size.
 *
 * <p>{@code -Dfuzz.records=1000000} makes it long, {@code -Dfuzz.seed=5} repeats one run.
 */
class DecoderFuzzTest {

  private static final int RECORDS = Integer.getInteger("fuzz.records", 3_000);

  /** A bound against hanging and nothing else: some hundred times what a run takes. */
  private static final Duration BOUND = Duration.ofSeconds(120 + RECORDS / 20);

  /** What a value says that no reason may say. */
  private static final String CANARY = "c4n4ry";

  /**
   * Bytes that may be allocated for a byte of a record, the rows of its samples included: a point
   * of six bytes becomes a sample, a row, a place in a buffer and a statement. What grows with the
   * square of the size is beyond it at once.
   */
  private static final int ALLOCATED_A_BYTE = 250;

  /** Bytes that may be allocated for any record: parser, tables of names, buffers, reasons. */
  private static final int ALLOCATED_A_RECORD = 1_000_000;

  private static final ObjectMapper TREES =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .enable(JsonReadFeature.ALLOW_LEADING_ZEROS_FOR_NUMBERS)
          .build();

  /** Fixed ones, and one that no run had before. */
  static LongStream seeds() {
    Long given = Long.getLong("fuzz.seed");
    return given != null
        ? LongStream.of(given)
        : LongStream.of(1, 2, System.nanoTime() & Integer.MAX_VALUE);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void damagedMetricsEndInSamplesAndReasons(long seed) {
    run(
        "metrics",
        seed,
        Gauntlet.ofPoints(),
        random -> {
          RandomMetrics metrics = new RandomMetrics(random.nextLong());
          return form(new Mutations(random).of(metrics.record(), metrics.record()), random);
        });
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void metricsWithSecretsAreNotQuoted(long seed) {
    run(
        "secrets",
        seed,
        Gauntlet.ofPoints(),
        random -> {
          String json =
              new RandomMetrics(random.nextLong())
                  .record()
                  .replace("\"text\"", '"' + CANARY + '"')
                  .replace("\"1.2.3\"", '"' + CANARY + "\\u0000\"")
                  .replace("\"other\"", '"' + CANARY + '"');
          return form(json.getBytes(UTF_8), random);
        });
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void damagedFlowsEndInSamplesAndReasons(long seed) {
    run(
        "flows",
        seed,
        Gauntlet.ofFlows(),
        random -> {
          String json = flow(random).replace("\"1.2.3\"", '"' + CANARY + '"');
          return form(new Mutations(random).of(json, flow(random)), random);
        });
  }

  private static String flow(Random random) {
    if (random.nextBoolean()) {
      return "{\"source_ip\":\"192.0.2.1\",\"dest_ip\":\"2001:db8::1\",\"source_port\":443,"
          + "\"dest_port\":\"1024\",\"protocol\":\"tcp\",\"unknown\":{\"a\":[1]},\"timestamp\":"
          + random.nextInt()
          + ",\"value\":"
          + random.nextGaussian()
          + "}";
    }
    List<List<String>> paths =
        List.of(
            List.of("source_ip"),
            List.of("dest_ip"),
            List.of("source_port"),
            List.of("dest_port"),
            List.of("protocol"),
            List.of("timestamp"),
            List.of("value"));
    return RandomFlow.json(new RandomFlow(random).fields(paths));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void objectsOfAnyKindEndInSamplesAndReasons(long seed) {
    Source objects = random -> new RandomObjects(random).record();
    run("objects to points", seed, Gauntlet.ofPoints(), objects);
    run("objects to flows", seed, Gauntlet.ofFlows(), objects);
  }

  private interface Source {
    Object record(Random random) throws IOException;
  }

  private static void run(String what, long seed, List<Supplier<Gauntlet>> made, Source source) {
    System.out.printf("%s: fuzz.seed=%d fuzz.records=%d%n", what, seed, RECORDS);
    assertTimeoutPreemptively(
        BOUND,
        () -> {
          int good = 0;
          for (Gauntlet gauntlet : Gauntlet.each(made)) {
            warmUp(gauntlet, new Random(~seed), source);
            Random random = new Random(seed);
            for (int number = 0; number < RECORDS; number++) {
              Object record = source.record(new Random(random.nextLong()));
              good += judge(what, number, record, gauntlet);
            }
            assertThat(gauntlet.committed()).isEqualTo(gauntlet.taken());
          }
          assertThat(good).as("samples among the damage").isPositive();
        });
  }

  /** What loads classes allocates for them. */
  private static void warmUp(Gauntlet gauntlet, Random random, Source source) throws IOException {
    for (int number = 0; number < 200; number++) {
      gauntlet.take(source.record(new Random(random.nextLong())));
    }
  }

  private static int judge(String what, int number, Object record, Gauntlet gauntlet) {
    Fate fate;
    try {
      fate = gauntlet.take(record);
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError thrown) {
      throw new AssertionError(what + " " + number + ": " + show(record), thrown);
    }
    long bound = ALLOCATED_A_RECORD + ALLOCATED_A_BYTE * size(record);
    assertThat(fate.allocated())
        .as(() -> what + " " + number + ": " + show(record))
        .isLessThan(bound);
    assertThat(fate.reasons())
        .as(() -> what + " " + number + ": " + show(record))
        .allMatch(reason -> !reason.contains(CANARY) && reason.length() < 5_000)
        .allMatch(reason -> reason.chars().noneMatch(Character::isISOControl));
    return fate.samples();
  }

  /** A form that a converter could give the bytes. */
  private static Object form(byte[] json, Random random) throws IOException {
    return switch (random.nextInt(6)) {
      case 0 -> new String(json, UTF_8);
      case 1 -> ByteBuffer.wrap(json);
      case 2 -> damagedNow(gzip(json), random);
      case 3 -> tree(json);
      default -> json;
    };
  }

  private static Object tree(byte[] json) {
    try {
      Object tree = TREES.readValue(json, Object.class);
      return tree instanceof Map || tree instanceof List ? tree : json;
    } catch (IOException unreadable) {
      return json;
    }
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (GZIPOutputStream stream = new GZIPOutputStream(compressed)) {
      stream.write(bytes);
    }
    return compressed.toByteArray();
  }

  private static byte[] damagedNow(byte[] gzip, Random random) {
    if (random.nextInt(4) == 0) {
      gzip[random.nextInt(gzip.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return gzip;
  }

  /** Bytes of the record, inflated; about as many for objects as their JSON would have. */
  private static long size(Object record) {
    if (record instanceof byte[] bytes) {
      return isGzip(bytes) ? 300_000 : bytes.length;
    }
    if (record instanceof ByteBuffer buffer) {
      return buffer.remaining();
    }
    return record instanceof String text ? text.length() : 20_000;
  }

  private static boolean isGzip(byte[] bytes) {
    return bytes.length >= 2 && bytes[0] == 0x1f && bytes[1] == (byte) 0x8b;
  }

  private static String show(Object record) {
    byte[] bytes =
        record instanceof byte[] given
            ? given
            : record instanceof ByteBuffer buffer
                ? UTF_8.decode(buffer.duplicate()).toString().getBytes(UTF_8)
                : record instanceof String text ? text.getBytes(UTF_8) : new byte[0];
    String encoded = Base64.getEncoder().encodeToString(bytes);
    return record.getClass() + " " + encoded.substring(0, Math.min(4_000, encoded.length()));
  }
}
