package io.datapoints.connect.payload;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.xerial.snappy.Snappy;

/** Blocks of the library of Snappy itself, elements by hand, and damage. */
class SnappyBlockTest {

  private static byte @Nullable [] inflate(byte[] block) {
    long length = SnappyBlock.length(block, 0, block.length);
    return length < 0 ? null : SnappyBlock.inflate(block, 0, block.length, (int) length);
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  @Test
  void whatTheLibraryCompressesIsInflated() throws IOException {
    Random random = new Random(7);
    for (int round = 0; round < 300; round++) {
      byte[] plain = new byte[random.nextInt(round < 290 ? 2_000 : 300_000)];
      int kinds = 1 + random.nextInt(256);
      for (int i = 0; i < plain.length; i++) {
        plain[i] =
            i > 100 && random.nextInt(4) > 0
                ? plain[i - 1 - random.nextInt(100)]
                : (byte) random.nextInt(kinds);
      }
      byte[] block = Snappy.compress(plain);
      byte[] within = new byte[block.length + 7];
      System.arraycopy(block, 0, within, 3, block.length);
      assertThat(SnappyBlock.length(within, 3, block.length)).isEqualTo(plain.length);
      assertThat(SnappyBlock.inflate(within, 3, block.length, plain.length)).isEqualTo(plain);
    }
    byte[] zeros = new byte[5_000_000];
    assertThat(inflate(Snappy.compress(zeros))).isEqualTo(zeros);
  }

  @Test
  void elementsOfEveryFormAreInflated() {
    assertThat(inflate(bytes(0))).isEmpty();
    assertThat(inflate(bytes(3, 2 << 2, 'a', 'b', 'c'))).isEqualTo("abc".getBytes(US_ASCII));
    assertThat(inflate(bytes(3, 60 << 2, 2, 'a', 'b', 'c'))).isEqualTo("abc".getBytes(US_ASCII));
    assertThat(inflate(bytes(3, 61 << 2, 2, 0, 'a', 'b', 'c'))).isEqualTo("abc".getBytes(US_ASCII));
    assertThat(inflate(bytes(3, 62 << 2, 2, 0, 0, 'a', 'b', 'c')))
        .isEqualTo("abc".getBytes(US_ASCII));
    assertThat(inflate(bytes(3, 63 << 2, 2, 0, 0, 0, 'a', 'b', 'c')))
        .isEqualTo("abc".getBytes(US_ASCII));
    byte[] repeated = "abababa".getBytes(US_ASCII);
    assertThat(inflate(bytes(7, 1 << 2, 'a', 'b', 1 << 2 | 1, 2))).isEqualTo(repeated);
    assertThat(inflate(bytes(7, 1 << 2, 'a', 'b', 4 << 2 | 2, 2, 0))).isEqualTo(repeated);
    assertThat(inflate(bytes(7, 1 << 2, 'a', 'b', 4 << 2 | 3, 2, 0, 0, 0))).isEqualTo(repeated);
  }

  @Test
  void whatIsNoBlockIsSaidToBeNone() {
    assertThat(SnappyBlock.length(bytes(), 0, 0)).isEqualTo(SnappyBlock.NONE);
    for (byte[] other :
        Arrays.asList(
            bytes(0x80),
            bytes(0x80, 0x80, 0x80, 0x80, 0x80, 0x01),
            bytes(0xFF, 0xFF, 0xFF, 0xFF, 0x0F, 0),
            bytes(3, 2 << 2, 'a', 'b'),
            bytes(3, 2 << 2, 'a', 'b', 'c', 'd'),
            bytes(4, 2 << 2, 'a', 'b', 'c'),
            bytes(2, 2 << 2, 'a', 'b', 'c'),
            bytes(5, 0, 'a', 1, 0),
            bytes(5, 0, 'a', 1, 2),
            bytes(4, 0, 'a', 1, 1),
            bytes(5, 0, 'a', 1),
            bytes(5, 0, 'a', 3 << 2 | 2, 1),
            bytes(5, 0, 'a', 3 << 2 | 3, 1, 0, 0),
            bytes(5, 0, 'a', 3 << 2 | 3, 1, 0, 0, 0x80),
            bytes(1, 63 << 2, 0xFF, 0xFF, 0xFF, 0xFF, 'a'),
            bytes(1, 60 << 2))) {
      assertThat(inflate(other)).as(Arrays.toString(other)).isNull();
    }
  }

  @Test
  void damageIsNoExceptionAndAgreesWithTheLibrary() throws IOException {
    Random random = new Random(5);
    byte[] block =
        Snappy.compress("abcabcabcabcdefabcdefxyz123xyz123".repeat(5).getBytes(US_ASCII));
    for (int round = 0; round < 50_000; round++) {
      byte[] damaged = Arrays.copyOf(block, 1 + random.nextInt(block.length));
      for (int i = random.nextInt(3); i >= 0; i--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      byte[] inflated = inflate(damaged);
      assertThat(inflated != null)
          .as(Arrays.toString(damaged))
          .isEqualTo(Snappy.isValidCompressedBuffer(damaged));
    }
  }
}
