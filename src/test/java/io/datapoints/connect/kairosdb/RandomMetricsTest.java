package io.datapoints.connect.kairosdb;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.datapoints.connect.table.TreeReading;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records of a seeded generator, as they are and damaged. */
class RandomMetricsTest {

  private static final int RECORDS = 5_000;

  private final Reading reading = Reading.plain();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void yieldsWhatAPlainReadingOfTheTreeDoes(long seed) throws IOException {
    RandomMetrics metrics = new RandomMetrics(seed);
    int points = 0;
    for (int i = 0; i < RECORDS; i++) {
      String json = metrics.record();
      assertThat(reading.of(json.getBytes(UTF_8)).described())
          .as(json)
          .containsExactlyElementsOf(TreeReading.points(json));
      points += reading.points.size();
    }
    assertThat(points).isGreaterThan(RECORDS);
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14})
  void makesReasonsAndNeverExceptionsOfDamagedRecords(long seed) {
    Random random = new Random(seed);
    RandomMetrics metrics = new RandomMetrics(seed);
    String probe = "{\"name\":\"m\",\"tags\":{\"h\":\"a\"},\"time\":1,\"value\":1}";
    Assertions.assertTimeout(
        Duration.ofSeconds(60),
        () -> {
          for (int i = 0; i < RECORDS; i++) {
            byte[] json = metrics.record().getBytes(UTF_8);
            byte[] damaged = damage(json, metrics.record().getBytes(UTF_8), random);
            assertThatCode(() -> reading.of(damaged))
                .as(() -> Arrays.toString(damaged))
                .doesNotThrowAnyException();
            assertThat(reading.reasons).allSatisfy(r -> assertThat(r).hasSizeLessThan(1_000));
            assertThat(reading.of(probe).described()).containsExactly("m{h=a} 1 long 1");
          }
        });
  }

  private static byte[] damage(byte[] json, byte[] other, Random random) {
    byte[] damaged = json.clone();
    for (int rounds = 1 + random.nextInt(3); rounds > 0; rounds--) {
      int at = random.nextInt(damaged.length + 1);
      damaged =
          switch (random.nextInt(7)) {
            case 0 -> Arrays.copyOf(damaged, Math.max(1, at));
            case 1 -> splice(damaged, at, other);
            case 2 -> splice(damaged, at, "[".repeat(random.nextInt(3_000)).getBytes(UTF_8));
            case 3 -> splice(damaged, at, "9".repeat(random.nextInt(1_500)).getBytes(UTF_8));
            case 4 -> splice(damaged, at, "1e999999999".getBytes(UTF_8));
            case 5 -> splice(damaged, at, new byte[] {(byte) random.nextInt(), (byte) 0xC0});
            default -> flipped(damaged, random);
          };
    }
    return damaged;
  }

  private static byte[] splice(byte[] bytes, int at, byte[] insertion) {
    byte[] spliced = new byte[bytes.length + insertion.length];
    System.arraycopy(bytes, 0, spliced, 0, at);
    System.arraycopy(insertion, 0, spliced, at, insertion.length);
    System.arraycopy(bytes, at, spliced, at + insertion.length, bytes.length - at);
    return spliced;
  }

  private static byte[] flipped(byte[] bytes, Random random) {
    for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return bytes;
  }
}
