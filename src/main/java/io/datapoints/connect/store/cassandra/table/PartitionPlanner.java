package io.datapoints.connect.store.cassandra.table;

import io.datapoints.connect.model.MappedRecord;
import io.datapoints.connect.model.RecordOrigin;
import io.datapoints.connect.store.cassandra.request.KeyLimits;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Creates the partitions of one version of a table. Immutable. */
final class PartitionPlanner {

  private final TopicTable owner;
  private final TableSlot[] key;
  private final String names;
  private final boolean repeatable;

  /**
   * @param repeatable whether equal values always give the same partition
   */
  PartitionPlanner(TopicTable owner, TableForm form, boolean repeatable) {
    this.owner = owner;
    this.key = form.partitionKey().stream().map(form.slots()::get).toArray(TableSlot[]::new);
    this.names = form.live().fullName() + ": " + form.partitionKeyNames();
    this.repeatable = repeatable && key.length > 0;
  }

  int columns() {
    return key.length;
  }

  /** The hash of the values of the key; 0 if the partition cannot be cached. */
  int hash(MappedRecord record) {
    if (!repeatable) {
      return 0;
    }
    int hash = 1;
    for (TableSlot column : key) {
      Object value = column.value(record);
      if (value == null || !PartitionMemo.isKeepable(value)) {
        return 0;
      }
      hash = PartitionMemo.mix(hash, value.hashCode());
    }
    return hash == 0 ? 1 : hash;
  }

  /** Whether the record has these values of the key. */
  boolean isOf(MappedRecord record, @Nullable Object[] values) {
    for (int i = 0; i < key.length; i++) {
      Object value = key[i].value(record);
      if (value == null || !value.equals(values[i])) {
        return false;
      }
    }
    return true;
  }

  /**
   * The partition of a record.
   *
   * @param columns the encoded key
   */
  TablePartition make(MappedRecord record, ByteBuffer[] columns) {
    if (key.length == 0) {
      return ofLog(record.origin());
    }
    KeyLimits.checkPartitionKey(names, columns);
    @Nullable Object[] values = new Object[key.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = key[i].value(record);
    }
    return new TablePartition(owner, this, values, columns);
  }

  /**
   * For a user's statement with unknown partition key: one partition keeps the order of the log.
   */
  private TablePartition ofLog(RecordOrigin origin) {
    byte[] topic = origin.topic().getBytes(StandardCharsets.UTF_8);
    ByteBuffer partition = ByteBuffer.allocate(Integer.BYTES).putInt(0, origin.partition());
    return new TablePartition(owner, ByteBuffer.wrap(topic), partition);
  }
}
