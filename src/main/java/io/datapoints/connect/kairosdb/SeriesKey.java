package io.datapoints.connect.kairosdb;

import io.datapoints.connect.kairosdb.raw.RawColumn;
import io.datapoints.connect.kairosdb.raw.RawMetric;

/**
 * Name and tags exactly as a metric wrote them. A later metric of the same series is compared with
 * them character by character, without a string of its own.
 */
final class SeriesKey {

  /** The objects of a tag, here and in the series, take the memory of this many characters. */
  private static final int TAG_CHARS = 32;

  private final String[] tagNames;
  private final char[] chars;
  private final int[] ends;
  private final int length;

  private SeriesKey(String[] tagNames, char[] chars, int[] ends, int length) {
    this.tagNames = tagNames;
    this.chars = chars;
    this.ends = ends;
    this.length = length;
  }

  static SeriesKey of(RawMetric metric) {
    int tags = metric.tags();
    String[] names = new String[tags];
    int[] ends = new int[tags + 1];
    int length = 0;
    ends[0] = metric.fields().length(RawMetric.NAME);
    for (int tag = 0; tag < tags; tag++) {
      names[tag] = metric.tagName(tag);
      length += metric.tagName(tag).length() + TAG_CHARS;
      ends[tag + 1] = ends[tag] + metric.tagValues().length(tag);
    }
    char[] chars = new char[ends[tags]];
    metric.fields().copyLiteral(RawMetric.NAME, chars, 0);
    for (int tag = 0; tag < tags; tag++) {
      metric.tagValues().copyLiteral(tag, chars, ends[tag]);
    }
    return new SeriesKey(names, chars, ends, length + chars.length);
  }

  /** How many characters are kept, counting the objects of the tags as such. */
  int length() {
    return length;
  }

  /**
   * Whether a metric has the same name and tags, character by character; only for a metric that
   * {@link RawMetric#namesSeries}.
   */
  boolean matches(RawMetric metric) {
    if (metric.tags() != tagNames.length
        || !metric.fields().literalEquals(RawMetric.NAME, chars, 0, ends[0])) {
      return false;
    }
    RawColumn values = metric.tagValues();
    for (int tag = 0; tag < tagNames.length; tag++) {
      if (!metric.tagName(tag).equals(tagNames[tag])
          || !values.literalEquals(tag, chars, ends[tag], ends[tag + 1])) {
        return false;
      }
    }
    return true;
  }
}
