package io.datapoints.connect.payload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the cache of things written lately finds, keeps and forgets. */
class WrittenCacheTest {

  private static final long HASH = 0x1234_5678_9ABC_DEF0L;

  private final WrittenCache<String, Integer> cache = new WrittenCache<>();

  private record Key(String written) implements WrittenKey<String> {

    @Override
    public boolean matches(String raw) {
      return written.equals(raw);
    }

    @Override
    public int length() {
      return written.length();
    }
  }

  @Test
  void tellsKeysWithOneHashApart() {
    cache.keep(HASH, new Key("a"), 1);
    cache.keep(HASH, new Key("b"), 2);
    assertThat(cache.find(HASH, "a")).isEqualTo(1);
    assertThat(cache.find(HASH, "b")).isEqualTo(2);
    assertThat(cache.find(HASH, "c")).isNull();
    assertThat(cache.find(HASH + 1, "a")).isNull();
  }

  @Test
  void keepsTheLastOfManyCollidingKeysAndNotAll() {
    for (int i = 0; i < 1_000; i++) {
      cache.keep(HASH, new Key("k" + i), i);
      assertThat(cache.find(HASH, "k" + i)).isEqualTo(i);
    }
    assertThat(IntStream.range(0, 1_000).filter(i -> cache.find(HASH, "k" + i) != null)).hasSize(8);
  }

  @Test
  void doesNotKeepLongKeys() {
    cache.keep(HASH, new Key("x".repeat(1_024)), 1);
    cache.keep(HASH, new Key("y".repeat(1_025)), 2);
    assertThat(cache.find(HASH, "x".repeat(1_024))).isEqualTo(1);
    assertThat(cache.find(HASH, "y".repeat(1_025))).isNull();
  }
}
