package io.datapoints.connect.format.otlp;

import io.datapoints.connect.format.PartFault;
import io.datapoints.connect.model.NameInReason;
import io.datapoints.connect.model.Rule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The tags that all points of a scope have: those of its resource, and its own, which win over them
 * where both have a name. Those of a point win over both.
 */
final class SharedTags {

  private static final class Tag {

    private final String name;
    private final String value;

    /** Whether the scope has a tag of this name itself. */
    private boolean hidden;

    /** The last point that has a tag of this name itself. */
    private long overriddenIn;

    Tag(String name, String value) {
      this.name = name;
      this.value = value;
    }
  }

  private final List<Tag> ofResource = new ArrayList<>();
  private final Map<String, Tag> byName = new HashMap<>();

  /** Two at most. */
  private final List<Tag> ofScope = new ArrayList<>();

  /** A bit for each name, so that the names of points are seldom looked for in vain. */
  private long filter;

  private long point;

  void beginResource() {
    ofResource.clear();
    byName.clear();
    ofScope.clear();
    filter = 0;
  }

  void addOfResource(String name, String value) throws PartFault {
    Tag tag = new Tag(name, value);
    if (byName.putIfAbsent(name, tag) != null) {
      throw new PartFault(Rule.TAGS, " duplicate key: " + NameInReason.of(name));
    }
    ofResource.add(tag);
    filter |= bit(name);
  }

  /** Takes no time for each tag of the resource, since a scope takes two bytes. */
  void beginScope() {
    for (Tag tag : ofScope) {
      hide(tag.name, false);
    }
    ofScope.clear();
  }

  void addOfScope(String name, String value) {
    ofScope.add(new Tag(name, value));
    hide(name, true);
    filter |= bit(name);
  }

  private void hide(String name, boolean hidden) {
    Tag tag = byName.get(name);
    if (tag != null) {
      tag.hidden = hidden;
    }
  }

  /** Begins a point, which has not overridden any. */
  void beginPoint() {
    point++;
  }

  /** Notes that the point has a tag of this name itself. */
  void override(String name) {
    if ((filter & bit(name)) != 0) {
      Tag tag = byName.get(name);
      if (tag != null) {
        tag.overriddenIn = point;
      }
      for (Tag own : ofScope) {
        if (own.name.equals(name)) {
          own.overriddenIn = point;
        }
      }
    }
  }

  /** Adds those that the point has not overridden. */
  void addTo(TagList tags) {
    add(ofResource, tags);
    add(ofScope, tags);
  }

  private void add(List<Tag> all, TagList tags) {
    for (int i = 0; i < all.size(); i++) {
      Tag tag = all.get(i);
      if (!tag.hidden && tag.overriddenIn != point) {
        tags.add(tag.name, tag.value);
      }
    }
  }

  private static long bit(String name) {
    int hash = name.hashCode();
    return 1L << (hash ^ hash >>> 6 ^ hash >>> 12);
  }
}
