package io.datapoints.connect.format.otlp;

import io.datapoints.connect.kairosdb.PointFeed;
import java.util.Arrays;

/**
 * The tags of a data point, decoded once for all points that it becomes. Reused for one after
 * another.
 */
final class TagList {

  private static final int INITIAL_TAGS = 32;
  private static final int INITIAL_CHARS = 1_024;

  /** A larger array is given back with the next point. */
  private static final int RETAINED_CHARS = 65_536;

  private String[] names = new String[INITIAL_TAGS];
  private int[] ends = new int[INITIAL_TAGS];
  private char[] values = new char[INITIAL_CHARS];
  private int size;
  private int chars;

  void clear() {
    size = 0;
    chars = 0;
    if (values.length > RETAINED_CHARS) {
      values = new char[INITIAL_CHARS];
    }
  }

  void add(String name, char[] value, int length) {
    int start = reserve(name, length);
    System.arraycopy(value, 0, values, start, length);
  }

  void add(String name, String value) {
    int start = reserve(name, value.length());
    value.getChars(0, value.length(), values, start);
  }

  private int reserve(String name, int length) {
    if (size == names.length) {
      names = Arrays.copyOf(names, 2 * size);
      ends = Arrays.copyOf(ends, 2 * size);
    }
    int start = chars;
    chars = Math.addExact(start, length);
    if (chars > values.length) {
      values = Arrays.copyOf(values, Math.max(chars, 2 * values.length));
    }
    names[size] = name;
    ends[size] = chars;
    size++;
    return start;
  }

  /** The characters of all values. */
  int chars() {
    return chars;
  }

  void giveTo(PointFeed feed) {
    int start = 0;
    for (int tag = 0; tag < size; tag++) {
      feed.tag(names[tag], values, start, ends[tag] - start);
      start = ends[tag];
    }
  }
}
