package io.datapoints.connect.kairosdb.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.datapoints.connect.kairosdb.Awkward;
import io.datapoints.connect.model.Tags;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RowKeyCodecTest {

  private static final String LONG_KEY_OF_M = "6d000000015cf125b800000b6b6169726f735f6c6f6e67";

  @Test
  void buildsTheKeyThatKairosDbBuilds() {
    byte[] key =
        RowKeyCodec.encode("m", 1_498_694_400_000L, "kairos_long", Tags.of(Map.of("host", "a")));

    assertThat(hex(key)).isEqualTo(LONG_KEY_OF_M + "686f73743d613a");
  }

  @Test
  void escapesNamesWithColonsAndValuesWithEqualsSigns() {
    assertThat(tagString(Map.of("k:1=x", "v:1=y"))).isEqualTo("k::1:=x=v=:1==y:");
  }

  @Test
  void ordersTagsByUtf16AndNotByUtf8() {
    assertThat(tagString(Map.of("\uff5e", "1", "😀", "2", "a", "3")))
        .isEqualTo("a=3:😀=2:\uff5e=1:");
  }

  @Test
  void endsWithTheTypeWhenThereAreNoTags() {
    byte[] key = RowKeyCodec.encode("m", 1_498_694_400_000L, "kairos_long", Tags.of(Map.of()));

    assertThat(hex(key)).isEqualTo(LONG_KEY_OF_M);
    assertThat(KairosFormatReader.rowKey(key).tags()).isEqualTo(Tags.of(Map.of()));
  }

  @Test
  void aNulInAMetricNameStaysInTheKey() {
    byte[] key = RowKeyCodec.encode("a\0b", 0, "kairos_long", Tags.of(Map.of()));

    assertThat(hex(key)).startsWith("6100620000");
  }

  @Test
  void readsBackWhatItWrote() {
    for (int seed = 0; seed < 5000; seed++) {
      Awkward awkward = new Awkward(seed);
      KairosFormatReader.RowKey written =
          new KairosFormatReader.RowKey(
              awkward.text(6).replace("\0", ""),
              awkward.number(),
              "type" + awkward.below(1000),
              awkward.tags(8));

      byte[] key =
          RowKeyCodec.encode(
              written.metric(), written.rowTime(), written.dataType(), written.tags());

      assertThat(KairosFormatReader.rowKey(key)).as("seed %d", seed).isEqualTo(written);
      assertThat(RowKeyCodec.decode(key, written.metric()))
          .as("seed %d", seed)
          .isEqualTo(new RowKeyCodec.TypeAndTags(written.dataType(), written.tags()));
    }
  }

  /** Half of a pair of surrogates is stored as a question mark, and so is what is read. */
  @Test
  void readsOfATextWhatIsStored() {
    byte[] key = RowKeyCodec.encode("m\0", 7, "t", Tags.of(Map.of("a\ud800", "\udc00=:", "b", "")));

    RowKeyCodec.TypeAndTags read = RowKeyCodec.decode(key, "m\0");

    assertThat(read.tags()).isEqualTo(Tags.of(Map.of("a?", "?=:", "b", "")));
    assertThat(RowKeyCodec.encode("m\0", 7, read.dataType(), read.tags())).isEqualTo(key);
  }

  @Test
  void differentSeriesHaveDifferentKeys() {
    assertThat(tagString(Map.of("a", "b:c=d"))).isNotEqualTo(tagString(Map.of("a", "b", "c", "d")));
    assertThat(tagString(Map.of("a=b", "c"))).isNotEqualTo(tagString(Map.of("a", "b=c")));
    assertThat(tagString(Map.of("a:", "b"))).isNotEqualTo(tagString(Map.of("a", ":b")));
  }

  @Test
  void refusesAKeyThatEndsTooEarly() {
    byte[] key = RowKeyCodec.encode("m", 5, "kairos_long", Tags.of(Map.of("host", "a", "x", "y")));
    int endOfFirstTag = key.length - "x=y:".length();
    int endOfType = endOfFirstTag - "host=a:".length();

    for (int length = 0; length < key.length; length++) {
      byte[] cut = Arrays.copyOf(key, length);
      if (length == endOfFirstTag || length == endOfType) {
        assertThat(KairosFormatReader.rowKey(cut).metric()).isEqualTo("m");
      } else {
        assertThatIllegalArgumentException()
            .as("%d bytes", length)
            .isThrownBy(() -> KairosFormatReader.rowKey(cut));
      }
    }
  }

  @Test
  void refusesATypeWhoseLengthDoesNotFitItsByte() {
    assertThat(RowKeyCodec.encode("m", 0, "t".repeat(127), Tags.of(Map.of())))
        .hasSize(1 + 11 + 127);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RowKeyCodec.encode("m", 0, "t".repeat(128), Tags.of(Map.of())));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RowKeyCodec.encode("m", 0, "", Tags.of(Map.of())));
  }

  private static String tagString(Map<String, String> tags) {
    byte[] key = RowKeyCodec.encode("m", 0, "t", Tags.of(tags));
    int start = 1 + 1 + 8 + 1 + 1 + 1;
    return new String(key, start, key.length - start, StandardCharsets.UTF_8);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
