package io.datapoints.connect.kairosdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.datapoints.connect.kairosdb.raw.RawMetric;
import io.datapoints.connect.model.Series;
import io.datapoints.connect.model.Tags;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which series the interner finds, keeps and forgets. */
class SeriesInternerTest {

  private static final long HASH = 0x1234_5678_9ABC_DEF0L;

  private final SeriesInterner interner = new SeriesInterner();

  private static RawMetric metric(String name) {
    RawMetric metric = new RawMetric();
    metric.fields().setText(RawMetric.NAME, name);
    return metric;
  }

  private static Series series(String name) {
    return new Series(name, Tags.of(Map.of()));
  }

  private void keep(String name) {
    interner.keep(HASH, metric(name), series(name));
  }

  @Test
  void tellsSeriesWithOneHashApart() {
    keep("a");
    keep("b");
    assertThat(interner.find(HASH, metric("a"))).isEqualTo(series("a"));
    assertThat(interner.find(HASH, metric("b"))).isEqualTo(series("b"));
    assertThat(interner.find(HASH, metric("c"))).isNull();
    assertThat(interner.find(HASH + 1, metric("a"))).isNull();
  }

  @Test
  void keepsTheLastOfManyCollidingSeriesAndNotAll() {
    for (int i = 0; i < 1_000; i++) {
      keep("k" + i);
      assertThat(interner.find(HASH, metric("k" + i))).isEqualTo(series("k" + i));
    }
    assertThat(IntStream.range(0, 1_000).filter(i -> interner.find(HASH, metric("k" + i)) != null))
        .hasSize(8);
  }

  @Test
  void doesNotKeepLongNames() {
    String longest = "x".repeat(1_024);
    keep(longest);
    keep(longest + "x");
    assertThat(interner.find(HASH, metric(longest))).isEqualTo(series(longest));
    assertThat(interner.find(HASH, metric(longest + "x"))).isNull();
  }
}
