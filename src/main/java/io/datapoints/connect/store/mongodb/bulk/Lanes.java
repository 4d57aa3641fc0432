package io.datapoints.connect.store.mongodb.bulk;

import java.util.stream.IntStream;

/** The lanes of one collection: as many as bulks may be under way. */
public final class Lanes {

  private static final long GOLDEN = 0x9E37_79B9_7F4A_7C15L;

  private final Lane[] lanes;

  /**
   * @param collection database and collection
   */
  public Lanes(String collection, int count) {
    lanes =
        IntStream.range(0, count)
            .mapToObj(number -> new Lane(collection, number))
            .toArray(Lane[]::new);
  }

  /** The lane of a document, by any hash of its key. */
  public Lane of(long hash) {
    // The upper half of the product is well mixed even for hashes that differ in few bits.
    long mixed = ((hash ^ (hash >>> 32)) * GOLDEN) >>> 32;
    return lanes[(int) ((mixed * lanes.length) >>> 32)];
  }
}
