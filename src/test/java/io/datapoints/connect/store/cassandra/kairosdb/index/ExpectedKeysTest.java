package io.datapoints.connect.store.cassandra.kairosdb.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.datapoints.connect.store.cassandra.TestStores;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class ExpectedKeysTest {

  private static final int SHORT = 100;
  private static final int LONG = 65_535;

  private final ExpectedKeys expected = new ExpectedKeys();
  private final RowKey.RowTime rowTime = RowKey.RowTime.of("m", 0);
  private final RowKey.RowTime other = RowKey.RowTime.of("n", 0);

  @Test
  void thoseOfARowTimeGoAlongEachOnce() {
    expected.add(key(rowTime, 1, SHORT), 0);
    expected.add(key(other, 2, SHORT), 0);
    expected.add(key(rowTime, 3, SHORT), 60);
    assertThat(expected.take(rowTime))
        .extracting(each -> each.key().buffer().getInt(0))
        .containsExactly(1, 3);
    assertThat(expected.take(rowTime)).isEmpty();
    assertThat(expected.take(other)).hasSize(1);
  }

  @Test
  void soManyAtOnceThatNoOneWaitsForLong() {
    for (int i = 0; i < 1_200; i++) {
      expected.add(key(rowTime, i, SHORT), 0);
    }
    assertThat(expected.take(rowTime)).hasSize(500);
    assertThat(expected.take(rowTime)).hasSize(500);
    assertThat(expected.take(rowTime)).hasSize(200);
  }

  @Test
  void thoseThatAreKnownMeanwhileAreForgotten() {
    for (int i = 0; i < 150; i++) {
      expected.add(key(rowTime, i, SHORT), 0);
    }
    expected.forget(key -> true);
    assertThat(expected.take(rowTime)).hasSize(50);
    expected.add(key(rowTime, 1, SHORT), 0);
    expected.forget(key -> false);
    assertThat(expected.take(rowTime)).hasSize(1);
  }

  @Test
  void theEldestMakeRoom() {
    expected.add(key(other, 0, SHORT), 0);
    for (int i = 0; i < 20_000; i++) {
      expected.add(key(rowTime, i, SHORT), 0);
    }
    assertThat(expected.take(other)).isEmpty();
    assertThat(expected.take(rowTime)).hasSize(500);
  }

  /** A sender chooses how long the name of a series is. */
  @Test
  void longKeysAreBoundedInBytes() {
    expected.add(key(other, 0, SHORT), 0);
    int kept = LONG / 10;
    for (int i = 0; i < 2_000; i++) {
      expected.add(key(rowTime, i, kept), 0);
      expected.add(key(other, i, LONG), 0);
    }
    int held = 0;
    for (int taken = expected.take(rowTime).size(); taken > 0; ) {
      held += taken;
      taken = expected.take(rowTime).size();
    }
    assertThat(expected.take(other)).as("one key alone would take a large part").isEmpty();
    assertThat((long) held * 3 * kept).isBetween(1L, 17L * 1024 * 1024);
  }

  private static RowKey key(RowKey.RowTime rowTime, int number, int bytes) {
    return new RowKey(
        ByteBuffer.allocate(bytes).putInt(number).array(),
        TestStores.series(rowTime.metric(), "h", "a"),
        rowTime,
        "kairos_long");
  }
}
