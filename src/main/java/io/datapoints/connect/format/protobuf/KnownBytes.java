package io.datapoints.connect.format.protobuf;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What bytes that come again and again mean. They have one place each, so that a lookup is one
 * comparison whatever a producer sends; of two for one place the later one is known. For one
 * thread.
 */
public final class KnownBytes<T> {

  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final int maxBytes;
  private final @Nullable Known<T>[] places;

  private static final class Known<T> {

    private final byte[] bytes;
    private final T meaning;

    Known(byte[] bytes, T meaning) {
      this.bytes = bytes;
      this.meaning = meaning;
    }
  }

  /**
   * @param places how many are kept, a power of two
   * @param maxBytes longer ones are not kept: this bounds the memory
   */
  @SuppressWarnings({"unchecked", "rawtypes"}) // An array of a generic type.
  public KnownBytes(int places, int maxBytes) {
    this.places = new Known[places];
    this.maxBytes = maxBytes;
  }

  /** What the bytes mean, or null if they are not known. */
  public @Nullable T find(byte[] bytes, int start, int end) {
    if (end - start > maxBytes) {
      return null;
    }
    Known<T> known = places[place(bytes, start, end)];
    return known != null && Arrays.equals(known.bytes, 0, known.bytes.length, bytes, start, end)
        ? known.meaning
        : null;
  }

  /** Keeps what bytes mean that {@link #find} did not know. */
  public void keep(byte[] bytes, int start, int end, T meaning) {
    if (end - start <= maxBytes) {
      places[place(bytes, start, end)] =
          new Known<>(Arrays.copyOfRange(bytes, start, end), meaning);
    }
  }

  private int place(byte[] bytes, int start, int end) {
    long hash = 0;
    int at = start;
    for (; at + Long.BYTES <= end; at += Long.BYTES) {
      hash = mix(hash ^ (long) WORDS.get(bytes, at));
    }
    long rest = 0;
    for (; at < end; at++) {
      rest = (rest << Byte.SIZE) | (bytes[at] & 0xFF);
    }
    return (int) (mix(hash ^ rest) & (places.length - 1));
  }

  private static long mix(long bits) {
    long product = bits * 0x9E37_79B9_7F4A_7C15L;
    return product ^ product >>> 32;
  }
}
