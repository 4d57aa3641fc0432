package io.datapoints.connect.store.cassandra.table;

import com.datastax.oss.driver.api.core.DefaultProtocolVersion;
import com.datastax.oss.driver.api.core.data.CqlDuration;
import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.api.core.type.UserDefinedType;
import com.datastax.oss.driver.api.core.type.codec.registry.CodecRegistry;
import io.datapoints.connect.model.MappedRecord;
import io.datapoints.connect.store.cassandra.codec.ValueBytes;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The layout of a row's bytes for one version of a table: one value for each slot outside the
 * partition key, in the format of {@link ValueBytes}. The order is that of the slots, so the
 * clustering key comes first. Immutable.
 */
final class RowEncoding {

  /** The length of a null that is written. */
  static final int NULL = -1;

  /** The length of a value that is missing in the record: the stored value stays. */
  static final int UNSET = -2;

  /** The length of a null of the record that leaves the stored value as it is. */
  static final int IGNORED_NULL = -3;

  /** Of the primary key. */
  private static final int NONE = 0;

  /** As many as the value has elements, which begins with their number, and one for all of them. */
  private static final int COUNTED = -1;

  private final TableForm form;
  private final TableSlot[] slots;

  /** The position of each slot in the partition key; -1 for the others. */
  private final int[] partitionPositions;

  private final int clusteringColumns;
  private final int assignments;

  /** How many cells a value of each slot takes; {@link #COUNTED} or {@link #NONE}. */
  private final int[] cells;

  /**
   * @param assignments the number of assignments in the mapping
   */
  RowEncoding(TableForm form, int assignments) {
    this.form = form;
    this.assignments = assignments;
    this.slots = form.slots().toArray(TableSlot[]::new);
    this.partitionPositions = new int[slots.length];
    Arrays.fill(partitionPositions, -1);
    List<Integer> partitionKey = form.partitionKey();
    for (int position = 0; position < partitionKey.size(); position++) {
      partitionPositions[partitionKey.get(position)] = position;
    }
    this.clusteringColumns =
        (int) Arrays.stream(slots).filter(slot -> slot.key() && !slot.partitionKey()).count();
    this.cells = new int[slots.length];
    Arrays.setAll(cells, slot -> slots[slot].key() ? NONE : cells(slots[slot], form.type(slot)));
  }

  /** Collections and user defined types have a cell for each part, unless they are frozen. */
  private static int cells(TableSlot slot, DataType type) {
    String name = slot.column().type();
    if (slot.field() != null || name.startsWith("frozen<")) {
      return 1;
    }
    if (type instanceof UserDefinedType parts) {
      return 1 + parts.getFieldTypes().size();
    }
    return name.startsWith("set<") || name.startsWith("map<") || name.startsWith("list<")
        ? COUNTED
        : 1;
  }

  /** The position of the slot in the partition key, or -1. */
  int partitionPosition(int slot) {
    return partitionPositions[slot];
  }

  /** The values of a row in the order of the slots. */
  Values values(TableRow row) {
    return new Values(row.partition(), row.encoded());
  }

  /** Orders rows by their clustering keys. */
  int compareKeys(byte[] encoded, byte[] other) {
    return Arrays.compareUnsigned(
        encoded, 0, clusteringEnd(encoded), other, 0, clusteringEnd(other));
  }

  /** Bytes of the clustering key, without the lengths of its columns. */
  long clusteringBytes(byte[] encoded) {
    long bytes = 0;
    int end = 0;
    for (int column = 0; column < clusteringColumns; column++) {
      int length = ValueBytes.lengthAt(encoded, end);
      bytes += length;
      end = next(end, length);
    }
    return bytes;
  }

  /** How many cells a row has in the database, those included that say that a value is null. */
  int cells(byte[] encoded) {
    int count = 0;
    int end = 0;
    for (int slot = 0; slot < slots.length; slot++) {
      if (partitionPositions[slot] >= 0) {
        continue;
      }
      int length = ValueBytes.lengthAt(encoded, end);
      end = next(end, length);
      if (length >= NULL && cells[slot] != NONE) {
        count +=
            cells[slot] == COUNTED && length >= Integer.BYTES
                ? 1 + ValueBytes.elementsAt(encoded, end - length)
                : Math.abs(cells[slot]);
      }
    }
    return count;
  }

  private int clusteringEnd(byte[] encoded) {
    int end = 0;
    for (int column = 0; column < clusteringColumns; column++) {
      end = next(end, ValueBytes.lengthAt(encoded, end));
    }
    return end;
  }

  /** The end of the value at this position. */
  private static int next(int position, int length) {
    return position + ValueBytes.headBytes(length) + Math.max(0, length);
  }

  /** Orders rows by which columns they write. */
  int compareColumns(byte[] encoded, byte[] other) {
    int next = 0;
    int otherNext = 0;
    while (next < encoded.length) {
      int length = ValueBytes.lengthAt(encoded, next);
      int otherLength = ValueBytes.lengthAt(other, otherNext);
      if (length < NULL != otherLength < NULL) {
        return length < NULL ? -1 : 1;
      }
      next = next(next, length);
      otherNext = next(otherNext, otherLength);
    }
    return 0;
  }

  /**
   * The values of a row's record, as its columns hold them. They can be encoded again for a version
   * of the table with other types.
   */
  MappedRecord record(TableRow row) {
    @Nullable Object[] known = new Object[assignments];
    Arrays.fill(known, MappedRecord.MISSING);
    for (Values values = values(row); values.next(); ) {
      known[slots[values.slot()].assignment()] = cell(values);
    }
    TopicTable.TopicTarget topicTarget = row.partition().mapped().topicTarget();
    return new MappedRecord(
        topicTarget.topic(), topicTarget.target(), known, null, row.isTombstone(), row.origin());
  }

  private @Nullable Object cell(Values values) {
    return switch (values.length()) {
      case NULL -> MappedRecord.NULL;
      case UNSET -> MappedRecord.MISSING;
      case IGNORED_NULL -> null;
      default -> decoded(form.type(values.slot()), values.buffer().duplicate());
    };
  }

  private static @Nullable Object decoded(DataType type, ByteBuffer value) {
    Object decoded = CodecRegistry.DEFAULT.codecFor(type).decode(value, DefaultProtocolVersion.V5);
    if (decoded instanceof InetAddress address) {
      return address.getHostAddress();
    }
    return decoded instanceof CqlDuration duration ? duration.toString() : decoded;
  }

  /** Iterates over the values of one row. */
  final class Values {

    private final TablePartition partition;
    private final byte[] encoded;
    private int slot = -1;
    private int length;
    private int end;

    private Values(TablePartition partition, byte[] encoded) {
      this.partition = partition;
      this.encoded = encoded;
    }

    /** Moves to the next slot. */
    boolean next() {
      if (++slot == slots.length) {
        return false;
      }
      if (partitionPositions[slot] < 0) {
        length = ValueBytes.lengthAt(encoded, end);
        end = RowEncoding.next(end, length);
      } else {
        length = partition.column(partitionPositions[slot]).remaining();
      }
      return true;
    }

    int slot() {
      return slot;
    }

    /** Bytes of the value, or {@link #NULL}, {@link #UNSET} or {@link #IGNORED_NULL}. */
    int length() {
      return length;
    }

    /** A value that is present, for the driver, which does not move the buffer's position. */
    ByteBuffer buffer() {
      return partitionPositions[slot] < 0
          ? ByteBuffer.wrap(encoded, end - length, length)
          : partition.column(partitionPositions[slot]);
    }
  }
}
