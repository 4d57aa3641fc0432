package io.datapoints.connect.format.protobuf;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts that are known, and those that are not, are what their bytes say. */
class KnownTextsTest {

  private final KnownTexts texts = new KnownTexts(new Utf8Decoder());

  private @Nullable String text(byte[] bytes) {
    byte[] within = new byte[bytes.length + 9];
    System.arraycopy(bytes, 0, within, 5, bytes.length);
    return texts.text(within, Span.of(5, 5 + bytes.length));
  }

  @Test
  void aTextIsThatOfItsBytesHoweverManyThereAre() {
    Random random = new Random(3);
    for (int i = 0; i < 200_000; i++) {
      String text = "name." + random.nextInt(1 << random.nextInt(20));
      assertThat(text(text.getBytes(UTF_8))).isEqualTo(text);
    }
  }

  @Test
  void aTextThatIsKnownCostsNoString() {
    for (String text : new String[] {"", "a", "http.route", "caf\u00e9", "x".repeat(256)}) {
      assertThat(text(text.getBytes(UTF_8))).isSameAs(text(text.getBytes(UTF_8)));
    }
    String first = text("a".getBytes(UTF_8));
    text("b".getBytes(UTF_8));
    text("c".getBytes(UTF_8));
    assertThat(text("a".getBytes(UTF_8))).isSameAs(first);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 255, 256, 257, 1_023, 1_024, 1_025, 70_000, 5})
  void aTextOfAnyLengthIsRead(int length) {
    for (String unit : new String[] {"a", "\u00e9", "\u20ac", "\ud83d\ude00"}) {
      String text = "x" + unit.repeat(length);
      assertThat(text(text.getBytes(UTF_8))).isEqualTo(text);
    }
  }

  @Test
  void bytesThatAreNoTextAreNone() {
    byte[][] wrong = {
      {(byte) 0x80},
      {'a', (byte) 0xC3},
      {(byte) 0xC0, (byte) 0xAF},
      {(byte) 0xED, (byte) 0xA0, (byte) 0x80},
      {(byte) 0xF4, (byte) 0x90, (byte) 0x80, (byte) 0x80},
      {(byte) 0xE2, (byte) 0x82},
      {(byte) 0xFF},
    };
    for (byte[] bytes : wrong) {
      assertThat(text(bytes)).isNull();
      assertThat(text(bytes)).isNull();
    }
    assertThat(text("a".getBytes(UTF_8))).isEqualTo("a");
  }
}
