package io.datapoints.connect.model;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * The tags of a series: distinct names in {@link String} order (UTF-16 code units), which is the
 * order in which KairosDB writes them into a row key (KairosDB row key format, TreeMap of tags).
 */
public final class Tags {

  private final String[] names;
  private final String[] values;

  private Tags(String[] names, String[] values) {
    this.names = names;
    this.values = values;
  }

  /** The given tags, put in order. */
  public static Tags of(Map<String, String> tags) {
    TreeMap<String, String> sorted = new TreeMap<>(tags);
    return new Tags(sorted.keySet().toArray(String[]::new), sorted.values().toArray(String[]::new));
  }

  /**
   * Tags that are in order already.
   *
   * @param names distinct, in order; owned by this object from now on
   * @param values that of each name; owned by this object from now on
   */
  public static Tags ofSorted(String[] names, String[] values) {
    return new Tags(names, values);
  }

  /** How many tags there are. */
  public int size() {
    return names.length;
  }

  /** The name at this position of the order. */
  public String name(int position) {
    return names[position];
  }

  /** The value at this position of the order. */
  public String value(int position) {
    return values[position];
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Tags that
        && Arrays.equals(names, that.names)
        && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return addTo(new SipHash()).toInt();
  }

  /** Adds names and values to a hash. */
  SipHash addTo(SipHash hash) {
    for (int position = 0; position < names.length; position++) {
      hash.add(names[position]).add(values[position]);
    }
    return hash;
  }
}
