package io.datapoints.connect.kairosdb;

import io.datapoints.connect.model.Series;
import io.datapoints.connect.model.Tags;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Checks that the keys of a series in KairosDB's tables stay within Cassandra's 65,535 bytes. The
 * longest type name is assumed, so that the type of a point does not decide whether its series is
 * good.
 */
final class KeyLengths {

  private static final int MAX_KEY_BYTES = 65_535;

  /** The length of {@code kairos_complex}. */
  private static final int MAX_TYPE_NAME_BYTES = 14;

  /**
   * Bytes of a row key beside metric, type name and tags: two NULs, the row time, the type's
   * length.
   */
  private static final int ROW_KEY_BYTES = 1 + 8 + 1 + 1;

  /**
   * Bytes of a composite key beside metric and tag pair: data_points, the row time, 3 bytes a part.
   */
  private static final int COMPOSITE_KEY_BYTES = 3 + 11 + 3 + 8 + 3 + 3;

  /** Bytes of the map of tags beside each pair. */
  private static final int PAIR_BYTES = 8;

  /** Bytes of the map of tags beside the pairs. */
  private static final int MAP_BYTES = 4;

  /** More tags do not fit into a key, however short they are. */
  static final int MAX_TAGS = (MAX_KEY_BYTES - MAP_BYTES) / PAIR_BYTES;

  static final String TOO_MANY_TAGS =
      " name and tags need a key of more than 65535 bytes: there are more than "
          + MAX_TAGS
          + " tags.";

  private KeyLengths() {}

  /** Why the series does not fit into a key, or null if it does. */
  static @Nullable String excess(Series series) {
    return isSurelyShort(series) ? null : excessByBytes(series);
  }

  /** A character takes three bytes at most, and one more where it is escaped. */
  private static boolean isSurelyShort(Series series) {
    Tags tags = series.tags();
    long chars = series.name().length();
    for (int tag = 0; tag < tags.size(); tag++) {
      chars += tags.name(tag).length() + tags.value(tag).length() + PAIR_BYTES;
    }
    return 4 * chars + COMPOSITE_KEY_BYTES <= MAX_KEY_BYTES;
  }

  private static @Nullable String excessByBytes(Series series) {
    long metric = utf8Length(series.name());
    long tagText = 0;
    long tagMap = MAP_BYTES;
    long longestPair = 0;
    Tags tags = series.tags();
    for (int tag = 0; tag < tags.size(); tag++) {
      String name = tags.name(tag);
      String value = tags.value(tag);
      long pair = utf8Length(name) + utf8Length(value);
      tagText += pair + escapes(name) + escapes(value) + 2;
      tagMap += pair + PAIR_BYTES;
      longestPair = Math.max(longestPair, pair + 1);
    }
    long rowKey = metric + ROW_KEY_BYTES + MAX_TYPE_NAME_BYTES + tagText;
    long compositeKey = metric + COMPOSITE_KEY_BYTES + longestPair;
    long longest = Math.max(tagMap, Math.max(rowKey, compositeKey));
    return longest <= MAX_KEY_BYTES
        ? null
        : " name and tags need a key of " + longest + " bytes; at most 65535 are possible.";
  }

  private static long escapes(String text) {
    return text.chars().filter(c -> c == ':' || c == '=').count();
  }

  private static long utf8Length(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
