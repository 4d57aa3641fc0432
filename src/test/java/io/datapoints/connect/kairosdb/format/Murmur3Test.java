package io.datapoints.connect.kairosdb.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class Murmur3Test {

  /** Published values of MurmurHash3_x86_32 with seed 0. */
  @Test
  void hashesAsTheReferenceDoes() {
    assertThat(hash("")).isZero();
    assertThat(hash("test")).isEqualTo(0xba6bd213);
    assertThat(hash("Hello, world!")).isEqualTo(0xc0363e43);
    assertThat(hash("The quick brown fox jumps over the lazy dog")).isEqualTo(0x2e4ff723);
  }

  /** Values of Guava 28.2, which KairosDB 1.3 uses, one for each length of the last block. */
  @Test
  void hashesAsGuavaDoesWhateverTheTail() {
    assertThat(hash("a")).isEqualTo(1009084850);
    assertThat(hash("ab")).isEqualTo(-1681926305);
    assertThat(hash("abc")).isEqualTo(-1277324294);
    assertThat(hash("abcd")).isEqualTo(1139631978);
  }

  private static int hash(String text) {
    return Murmur3.hash32(text.getBytes(StandardCharsets.UTF_8));
  }
}
