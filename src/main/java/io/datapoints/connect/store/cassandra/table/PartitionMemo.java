package io.datapoints.connect.store.cassandra.table;

import io.datapoints.connect.model.DecimalValue;
import io.datapoints.connect.model.MappedRecord;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Caches recent partitions by the values of their keys, so that a key is encoded, measured and
 * hashed once, not for each row.
 *
 * <p>Each hash has a set of eight slots; evictions take them in turn. Hostile collisions cost at
 * most eight comparisons. Keys that repeat in rounds still hit in part, even if there are more of
 * them than slots. The cache grows with its contents. Confined to the task thread.
 */
public final class PartitionMemo {

  private static final int WAYS = 8;
  private static final int FIRST_SLOTS = 1_024;
  private static final int MOST_SLOTS = 131_072;

  /** Longer keys are not cached. The limit bounds the memory: about 400 bytes for a typical key. */
  private static final int MAX_BYTES = 512;

  private @Nullable TablePartition[] slots = new TablePartition[FIRST_SLOTS];
  private int[] hashes = new int[FIRST_SLOTS];
  private int held;
  private int turn;

  /**
   * Whether equal values of this class always have the same encoding, and are immutable. Decimal
   * numbers that keep their literal are equal whatever it is, and differ as texts.
   */
  static boolean isKeepable(Object value) {
    return value instanceof String
        || (!MappedRecord.isNothing(value)
            && !(value instanceof ByteBuffer)
            && !(value instanceof List)
            && !(value instanceof Map)
            && !(value instanceof BigDecimal number && keepsLiteral(number)));
  }

  private static boolean keepsLiteral(BigDecimal number) {
    return number.getClass() != BigDecimal.class && !(number instanceof DecimalValue);
  }

  /** Mixes the hash of one more value of a key into the hash of those before it. */
  static int mix(int hash, int value) {
    long mixed = (hash ^ (long) value) * 0x9E37_79B9_7F4A_7C15L;
    return (int) (mixed ^ mixed >>> 32);
  }

  /** The cached partition of this version of the table for the same key values, or null. */
  @Nullable TablePartition find(PartitionPlanner version, int hash, MappedRecord record) {
    int first = firstSlot(hash);
    for (int slot = first; slot < first + WAYS; slot++) {
      TablePartition partition = slots[slot];
      if (hashes[slot] == hash && partition != null && partition.isMadeOf(version, record)) {
        return partition;
      }
    }
    return null;
  }

  /** Caches a partition that {@link #find} did not return. */
  void keep(int hash, TablePartition partition) {
    if (partition.keyBytes() > MAX_BYTES) {
      return;
    }
    if (held > slots.length / 2 && slots.length < MOST_SLOTS) {
      grow();
    }
    put(hash, partition);
  }

  private void put(int hash, TablePartition partition) {
    int slot = freeSlot(firstSlot(hash));
    held += slots[slot] == null ? 1 : 0;
    hashes[slot] = hash;
    slots[slot] = partition;
  }

  private int freeSlot(int first) {
    for (int slot = first; slot < first + WAYS; slot++) {
      if (slots[slot] == null) {
        return slot;
      }
    }
    turn = (turn + 1) % WAYS;
    return first + turn;
  }

  private void grow() {
    @Nullable TablePartition[] before = slots;
    int[] hashesBefore = hashes;
    slots = new TablePartition[4 * before.length];
    hashes = new int[4 * before.length];
    held = 0;
    for (int slot = 0; slot < before.length; slot++) {
      TablePartition partition = before[slot];
      if (partition != null) {
        put(hashesBefore[slot], partition);
      }
    }
  }

  private int firstSlot(int hash) {
    return (hash & (slots.length / WAYS - 1)) * WAYS;
  }
}
