package io.datapoints.connect.kairosdb.format;

import io.datapoints.connect.model.Series;
import io.datapoints.connect.model.Tags;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the rows of {@code tag_indexed_row_keys} have in their keys beside what {@code row_keys}
 * has: one row for each indexed tag of a series.
 *
 * <p>KairosDB answers a query with tag filters on an indexed metric from this table alone, so the
 * setting has to be the same as its tag_indexed_row_key_lookup_metrics.
 */
public final class TagIndexKey {

  private static final String EVERY = "*";

  private TagIndexKey() {}

  /**
   * The key of one row.
   *
   * @param singleTagPair {@code name=value}, not escaped
   * @param tagCollectionHash MurmurHash3 (x86, 32 bits, seed 0) over the UTF-8 of the names and
   *     values of all indexed tags, in the order of {@link Tags}; the same in all rows of a series
   */
  public record Pair(String singleTagPair, int tagCollectionHash) {}

  /**
   * The rows of a series; none when its metric is not indexed, or none of its tags is.
   *
   * @param tagsByMetric metric name to indexed tag names, {@code *} for every metric that has no
   *     entry of its own; an empty list, or one that contains {@code *}, stands for all tags
   */
  public static List<Pair> of(Series series, Map<String, List<String>> tagsByMetric) {
    List<String> indexed = tagsByMetric.get(series.name());
    if (indexed == null) {
      indexed = tagsByMetric.get(EVERY);
    }
    if (indexed == null) {
      return List.of();
    }
    boolean all = indexed.isEmpty() || indexed.contains(EVERY);
    Tags tags = series.tags();
    // A set, since the pair is not escaped: tags a: "b=c" and a=b: "c" make the same one.
    Set<String> pairs = new LinkedHashSet<>();
    ByteArrayOutputStream hashed = new ByteArrayOutputStream();
    for (int i = 0; i < tags.size(); i++) {
      if (all || indexed.contains(tags.name(i))) {
        pairs.add(tags.name(i) + '=' + tags.value(i));
        hashed.writeBytes(tags.name(i).getBytes(StandardCharsets.UTF_8));
        hashed.writeBytes(tags.value(i).getBytes(StandardCharsets.UTF_8));
      }
    }
    int hash = Murmur3.hash32(hashed.toByteArray());
    return pairs.stream().map(pair -> new Pair(pair, hash)).toList();
  }
}
