package io.datapoints.connect.store.cassandra.kairosdb.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.datapoints.connect.kairosdb.format.RowKeyCodec;
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

  /** Of keys that are kept for later only the bytes are. */
  @Test
  void comesBackFromItsBytes() {
    RowKey.RowTime rowTime = RowKey.RowTime.of("load", 7);
    byte[] bytes = RowKeyCodec.encode("load", 7, "kairos_long", series.tags());
    RowKey key = new RowKey(bytes, series, rowTime, "kairos_long");
    RowKey again = RowKey.of(key.blob(), rowTime);
    assertThat(again).isEqualTo(key);
    assertThat(again.entry()).isEqualTo(key.entry());
    assertThat(again.series()).isEqualTo(series);
    assertThat(again.dataType()).isEqualTo("kairos_long");
  }
}
