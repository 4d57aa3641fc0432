package io.datapoints.connect.format;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** The tags of a part of a record, in their order. Reused for one part after another. */
public final class TagList {

  /** {@link #clear} releases lists of more tags, which a huge part needed. */
  private static final int RETAINED = 1_024;

  /** What a tag costs beside its characters, in characters. */
  private static final int TAG_WEIGHT = 16;

  private List<String> names = new ArrayList<>();
  private List<String> values = new ArrayList<>();
  private long weight;

  /** Drops the tags of the part before. */
  public void clear() {
    if (names.size() > RETAINED) {
      names = new ArrayList<>();
      values = new ArrayList<>();
    }
    names.clear();
    values.clear();
    weight = 0;
  }

  public void add(String name, String value) {
    names.add(name);
    values.add(value);
    weight += name.length() + value.length() + TAG_WEIGHT;
  }

  /** Passes on each tag. */
  public void forEach(BiConsumer<String, String> action) {
    for (int tag = 0; tag < names.size(); tag++) {
      action.accept(names.get(tag), values.get(tag));
    }
  }

  /** About how many characters' worth of memory the tags take in each point that has them. */
  long weight() {
    return weight;
  }
}
