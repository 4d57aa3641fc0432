package io.datapoints.connect.format;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Texts of bytes. */
public final class Utf8 {

  private Utf8() {}

  /** The text that the bytes are, or null if they are none. */
  public static @Nullable String text(byte[] bytes, int offset, int length) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes, offset, length))
          .toString();
    } catch (CharacterCodingException noText) {
      return null;
    }
  }
}
