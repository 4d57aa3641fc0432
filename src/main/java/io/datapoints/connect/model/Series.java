package io.datapoints.connect.model;

/**
 * A metric name with its tags. Immutable; the hash is computed once. The points of a series usually
 * share one instance, so that a row key, for example, can be cached by instance.
 */
public final class Series {

  private final String name;
  private final Tags tags;
  private final int hash;

  public Series(String name, Tags tags) {
    this.name = name;
    this.tags = tags;
    this.hash = tags.addTo(new SipHash().add(name)).toInt();
  }

  /** The metric's name. */
  public String name() {
    return name;
  }

  /** The metric's tags, in order. */
  public Tags tags() {
    return tags;
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof Series that
            && hash == that.hash
            && name.equals(that.name)
            && tags.equals(that.tags));
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public String toString() {
    return name + "(" + tags.size() + " tags)";
  }
}
