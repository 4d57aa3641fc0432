package io.datapoints.connect.format;

import io.datapoints.connect.model.Rule;

/**
 * Bounds what the points of a record take to a multiple of its length, where a part of a record
 * writes its name and tags once and has many points: each of those has them again.
 */
public final class TagBudget {

  /**
   * A field of twelve bytes with tags of 750 characters spends as much. What collectors write
   * spends a fifth of it at most.
   */
  private static final int PER_BYTE = 64;

  /** For records that are short. */
  private static final long LEAST = 1 << 20;

  private long left = LEAST;

  /** Begins a record of so many bytes. */
  public void begin(int length) {
    left = LEAST + (long) length * PER_BYTE;
  }

  /**
   * Takes what the points of a part need.
   *
   * @throws PartFault if the record has no more of it: the rest of a sentence that begins with the
   *     part
   */
  public void spend(String name, TagList tags, int points) throws PartFault {
    long needed = (name.length() + tags.weight()) * points;
    if (needed > left) {
      throw new PartFault(
          Rule.SIZE, " has a name and tags that are too long for its " + points + " points.");
    }
    left -= needed;
  }
}
