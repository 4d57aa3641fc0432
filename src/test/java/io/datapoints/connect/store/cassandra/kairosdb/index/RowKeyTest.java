package io.datapoints.connect.store.cassandra.kairosdb.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.datapoints.connect.model.Series;
import io.datapoints.connect.store.cassandra.TestStores;
import org.junit.jupiter.api.Test;

class RowKeyTest {

  private final Series series = TestStores.series("load", "host", "a");

  /** The bytes of a key do not say where the name ends. */
  @Test
  void whereNamesDifferSoDoIndexEntries() {
    RowKey key = new RowKey(new byte[9], series, RowKey.RowTime.of("m", 0), "t");
    RowKey other = new RowKey(new byte[9], series, RowKey.RowTime.of("m2", 0), "t");
    assertThat(other).isEqualTo(key).hasSameHashCodeAs(key);
    assertThat(other.entry()).isNotEqualTo(key.entry());
  }
}
