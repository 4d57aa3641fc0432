package io.datapoints.connect.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.datapoints.connect.kit.Colliding;
import io.datapoints.connect.model.SipHash.Fingerprint;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Of a thousand keys that Java gives one hash hardly two have the same one here. */
class SipHashTest {

  private static final int KEYS = 1_000;

  /** All but one with next to no chance of a smaller number. */
  private static final long DISTINCT = KEYS - 10;

  private final List<String> texts = Colliding.texts(KEYS);

  @Test
  void theSenderKnowsTheHashesOfJava() {
    assertThat(texts).doesNotHaveDuplicates();
    assertThat(texts.stream().mapToInt(String::hashCode).distinct().count()).isEqualTo(1);
    assertThat(Colliding.numbers(KEYS).distinct().count()).isEqualTo(KEYS);
    assertThat(Colliding.numbers(KEYS).mapToInt(Long::hashCode).distinct().count()).isEqualTo(1);
  }

  @Test
  void textsAndBytesAndNumbersSpread() {
    assertSpread(texts.stream().map(text -> new SipHash().add(text).toInt()));
    assertSpread(
        texts.stream()
            .map(text -> new SipHash().add(ByteBuffer.wrap(text.getBytes(UTF_8))).toInt()));
    assertSpread(Colliding.numbers(KEYS).mapToObj(number -> new SipHash().add(number).toInt()));
  }

  @Test
  void keysMadeOfThemSpread() {
    assertSpread(texts.stream().map(text -> new Series(text, Tags.of(Map.of())).hashCode()));
    assertSpread(texts.stream().map(text -> Tags.of(Map.of(text, "v")).hashCode()));
    assertSpread(texts.stream().map(text -> Tags.of(Map.of("t", text)).hashCode()));
    assertSpread(
        texts.stream().map(text -> new Series("m", Tags.of(Map.of("t", text))).hashCode()));
  }

  private static void assertSpread(Stream<Integer> hashes) {
    assertThat(hashes.distinct().count()).isGreaterThan(DISTINCT);
  }

  @Test
  void equalKeysHaveOneHash() {
    assertThat(new Series("m", Tags.of(Map.of("t", "v"))))
        .hasSameHashCodeAs(new Series("m", Tags.of(Map.of("t", "v"))));
    byte[] bytes = "..twelve bytes".getBytes(UTF_8);
    assertThat(new SipHash().add(ByteBuffer.wrap(bytes, 2, 12)).toInt())
        .isEqualTo(new SipHash().add(ByteBuffer.wrap(Arrays.copyOfRange(bytes, 2, 14))).toInt());
  }

  /** Else a sender could move a letter from one tag to the next. */
  @Test
  void itMattersWhereATextEnds() {
    assertSpreadOf(
        new SipHash().add("ab").add("c"),
        new SipHash().add("a").add("bc"),
        new SipHash().add("abc"),
        new SipHash().add("abc\0"),
        new SipHash().add("\0abc"));
  }

  private static void assertSpreadOf(SipHash... hashes) {
    assertThat(Stream.of(hashes).map(SipHash::toInt)).doesNotHaveDuplicates();
  }

  @Test
  void aFingerprintHasTwiceSixtyFourBits() {
    List<Fingerprint> prints =
        texts.stream().map(text -> new SipHash().add(text).toFingerprint()).toList();
    assertThat(prints).doesNotHaveDuplicates();
    assertThat(prints.stream().map(Fingerprint::high)).doesNotHaveDuplicates();
    assertThat(prints.stream().map(Fingerprint::low)).doesNotHaveDuplicates();
    for (int bit = 0; bit < Long.SIZE; bit++) {
      long one = 1L << bit;
      assertThat(prints.stream().filter(print -> (print.high() & one) != 0).count())
          .isBetween(KEYS * 2L / 5, KEYS * 3L / 5);
      assertThat(prints.stream().filter(print -> (print.low() & one) != 0).count())
          .isBetween(KEYS * 2L / 5, KEYS * 3L / 5);
    }
    assertThat(prints.get(0)).isEqualTo(new SipHash().add(texts.get(0)).toFingerprint());
  }
}
