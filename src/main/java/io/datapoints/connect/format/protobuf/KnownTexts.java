package io.datapoints.connect.format.protobuf;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The strings of texts that come again and again, as names do: a text that is known costs no
 * string. Each text has one place, so that a lookup is one comparison whatever a producer sends; of
 * two texts for one place the later one is known. For one thread.
 */
public final class KnownTexts {

  private static final int PLACES = 2_048;

  /** Longer ones are not kept: this bounds the memory. */
  private static final int MAX_BYTES = 256;

  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final @Nullable Known[] places = new Known[PLACES];
  private final Utf8 utf8;

  private static final class Known {

    private final byte[] bytes;
    private final String text;

    Known(byte[] bytes, String text) {
      this.bytes = bytes;
      this.text = text;
    }
  }

  public KnownTexts(Utf8 utf8) {
    this.utf8 = utf8;
  }

  /** The text, or null if the bytes are not UTF-8. */
  public @Nullable String text(byte[] bytes, long span) {
    int start = Span.start(span);
    int end = Span.end(span);
    if (end - start > MAX_BYTES) {
      return utf8.string(bytes, span);
    }
    int place = place(bytes, start, end);
    Known known = places[place];
    if (known != null && Arrays.equals(known.bytes, 0, known.bytes.length, bytes, start, end)) {
      return known.text;
    }
    String text = utf8.string(bytes, span);
    if (text != null) {
      places[place] = new Known(Arrays.copyOfRange(bytes, start, end), text);
    }
    return text;
  }

  private static int place(byte[] bytes, int start, int end) {
    long hash = 0;
    int at = start;
    for (; at + Long.BYTES <= end; at += Long.BYTES) {
      hash = mix(hash ^ (long) WORDS.get(bytes, at));
    }
    long rest = 0;
    for (; at < end; at++) {
      rest = (rest << Byte.SIZE) | (bytes[at] & 0xFF);
    }
    return (int) (mix(hash ^ rest) & (PLACES - 1));
  }

  private static long mix(long bits) {
    long product = bits * 0x9E37_79B9_7F4A_7C15L;
    return product ^ product >>> 32;
  }
}
