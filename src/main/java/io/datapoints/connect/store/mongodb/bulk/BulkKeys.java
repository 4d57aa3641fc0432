package io.datapoints.connect.store.mongodb.bulk;

import java.util.stream.IntStream;

/** The bulk keys of one collection: as many as bulks may be under way. */
public final class BulkKeys {

  private static final long GOLDEN = 0x9E37_79B9_7F4A_7C15L;

  private final BulkKey[] keys;

  /**
   * @param collection database and collection
   */
  public BulkKeys(String collection, int count) {
    keys =
        IntStream.range(0, count)
            .mapToObj(number -> new BulkKey(collection, number))
            .toArray(BulkKey[]::new);
  }

  /** The key of the bulks of a document, by any hash of its key. */
  public BulkKey of(long hash) {
    // The upper half of the product is well mixed even for hashes that differ in few bits.
    long mixed = ((hash ^ (hash >>> 32)) * GOLDEN) >>> 32;
    return keys[(int) ((mixed * keys.length) >>> 32)];
  }
}
