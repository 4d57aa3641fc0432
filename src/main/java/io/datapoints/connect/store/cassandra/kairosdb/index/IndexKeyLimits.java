package io.datapoints.connect.store.cassandra.kairosdb.index;

import io.datapoints.connect.kairosdb.format.KairosNames;
import io.datapoints.connect.kairosdb.format.TagIndexKey;
import io.datapoints.connect.kairosdb.format.TagMap;
import io.datapoints.connect.model.Series;
import io.datapoints.connect.store.cassandra.request.KeyLimits;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Cassandra's limit on keys, held against the rows of KairosDB's tables. */
public final class IndexKeyLimits {

  private static final int REST_OF_ROW_TIME_KEY =
      3 * KeyLimits.COMPONENT + KairosNames.DATA_POINTS.length() + Long.BYTES;

  /**
   * No key of a row key that is not longer has too many bytes: those of names and values are all in
   * the row key, and in the map of the tags, where a tag takes 8 more, it takes 2 more there.
   */
  private static final int HARMLESS_BYTES = 16_000;

  private IndexKeyLimits() {}

  /**
   * Checks the keys of all rows that belong to a row key.
   *
   * @param blob the key in {@code data_points}
   * @param indexedTags the setting of the tag index
   * @throws io.datapoints.connect.model.InvalidValue naming the part that is too long
   */
  public static void check(
      Series series, String dataType, byte[] blob, Map<String, List<String>> indexedTags) {
    if (blob.length <= HARMLESS_BYTES) {
      return;
    }
    List<TagIndexKey.Pair> tagPairs = TagIndexKey.of(series, indexedTags);
    KeyLimits.check("metric name and tags make a row key", blob.length);
    int rowTimeKey = utf8Length(series.name()) + REST_OF_ROW_TIME_KEY;
    KeyLimits.check("metric name makes an index key", rowTimeKey);
    int hash = tagPairs.isEmpty() ? 0 : Integer.BYTES;
    int clustering = dataType.length() + hash + TagMap.encode(series.tags()).remaining();
    KeyLimits.check("tags make an index entry", clustering);
    for (TagIndexKey.Pair pair : tagPairs) {
      int key = rowTimeKey + KeyLimits.COMPONENT + utf8Length(pair.singleTagPair());
      KeyLimits.check("metric name and a tag make an index key", key);
    }
  }

  private static int utf8Length(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
