package io.datapoints.connect.format.protobuf;

import org.jspecify.annotations.Nullable;

/**
 * The strings of texts that come again and again, as names do: a text that is known costs no
 * string. For one thread.
 */
public final class KnownTexts {

  private static final int PLACES = 2_048;
  private static final int MAX_BYTES = 256;

  private final KnownBytes<String> known = new KnownBytes<>(PLACES, MAX_BYTES);
  private final Utf8Decoder utf8;

  public KnownTexts(Utf8Decoder utf8) {
    this.utf8 = utf8;
  }

  /** The text, or null if the bytes are not UTF-8. */
  public @Nullable String text(byte[] bytes, long span) {
    int start = Span.start(span);
    int end = Span.end(span);
    String text = known.find(bytes, start, end);
    if (text == null) {
      text = utf8.string(bytes, span);
      if (text != null) {
        known.keep(bytes, start, end, text);
      }
    }
    return text;
  }
}
