package io.datapoints.connect.mapping;

import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A function of texts that caches the results for recent texts. A slot holds the last text of its
 * hash: texts that collide evict each other. Confined to one thread.
 */
final class TextMemo implements UnaryOperator<String> {

  private static final int PLACES = 1 << 13;

  /** Longer texts rarely repeat. The limit bounds the memory: about 2 MB with typical texts. */
  private static final int MAX_CHARS = 64;

  private final UnaryOperator<String> function;
  private final @Nullable String[] texts = new String[PLACES];
  private final @Nullable String[] results = new String[PLACES];

  /**
   * @param function returns equal texts for equal texts; a text that it rejects with an exception
   *     is not cached
   */
  TextMemo(UnaryOperator<String> function) {
    this.function = function;
  }

  @Override
  public String apply(String text) {
    int hash = text.hashCode();
    int place = (hash ^ hash >>> 16) & (PLACES - 1);
    String known = results[place];
    if (known != null && text.equals(texts[place])) {
      return known;
    }
    String result = function.apply(text);
    if (text.length() <= MAX_CHARS) {
      texts[place] = text;
      results[place] = result;
    }
    return result;
  }
}
