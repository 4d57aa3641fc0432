package io.datapoints.connect.store.cassandra.table;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.api.core.type.DataTypes;
import com.datastax.oss.protocol.internal.ProtocolConstants;
import io.datapoints.connect.config.mapping.MappedTarget;
import io.datapoints.connect.mapping.Expression;
import io.datapoints.connect.mapping.Function;
import io.datapoints.connect.mapping.WithoutValue;
import io.datapoints.connect.model.Cells;
import io.datapoints.connect.model.InvalidValue;
import io.datapoints.connect.model.RecordOrigin;
import io.datapoints.connect.store.Plan;
import io.datapoints.connect.store.cassandra.codec.CellCodec;
import io.datapoints.connect.store.cassandra.codec.CellCodecs;
import io.datapoints.connect.store.cassandra.codec.TimeCodecs;
import io.datapoints.connect.store.cassandra.codec.UnknownFields;
import io.datapoints.connect.store.cassandra.request.KeyLimits;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Turns the values of records into rows of one version of a table. Stateless: it plans on the task
 * thread, and on the driver's threads the rows that a change of the table has overtaken.
 */
public final class TablePlanner {

  private static final @Nullable Object[] NO_KEY = {};

  private final MappedTable owner;
  private final TableForm form;
  private final MappedTarget.Options options;
  private final PseudoColumns pseudo;
  private final WithoutValue withoutValue;
  private final TableSlot[] slots;

  /** Which slots are of the primary key. */
  private final boolean[] isKey;

  /** The position of each slot in the partition key; -1 for the others. */
  private final int[] partitionPosition;

  private final CellCodec[] codecs;
  private final String[] types;
  private final int[] partitionKey;
  private final int[] clustering;
  private final String table;
  private final Set<String> assigned;
  private final Set<String> restNames;
  private final boolean keepsAll;

  /** Whether equal values make the same partition. */
  private final boolean keepsPartitions;

  private final String partitionKeyNames;
  private final String clusteringNames;
  private final long number;

  /** Whether a record may have a field for which the table has no place. */
  private final boolean meetsUnknown;

  private final UnknownNames.Sighting nothingUnknown;

  /**
   * @param number rises with every version of the table
   */
  public TablePlanner(MappedTable owner, MappedTarget target, TableForm form, long number) {
    this.owner = owner;
    this.form = form;
    this.options = target.options();
    this.pseudo = new PseudoColumns(target);
    List<TableSlot> slots = form.slots();
    this.slots = slots.toArray(TableSlot[]::new);
    this.isKey = new boolean[this.slots.length];
    this.withoutValue =
        new WithoutValue(
            target.mapping(),
            slots.stream()
                .filter(TableSlot::key)
                .map(slot -> slot.column().name())
                .collect(Collectors.toUnmodifiableSet()));
    this.number = number;
    this.table = target.database() + "." + target.table();
    boolean compound = target.mapping().rest() != null;
    CellCodecs compiler = new CellCodecs(options.timeUnit());
    this.codecs = new CellCodec[slots.size()];
    this.types = new String[slots.size()];
    for (int slot = 0; slot < codecs.length; slot++) {
      isKey[slot] = slots.get(slot).key();
      DataType type = form.type(slot);
      codecs[slot] =
          isNow(target, slots.get(slot), type) ? TimeCodecs.Now.CODEC : compiler.ofColumn(type);
      types[slot] = type.asCql(false, true);
      compound |= isCompound(type);
    }
    this.meetsUnknown = compound;
    this.nothingUnknown = owner.unknownNames().sighting();
    this.partitionKey = positions(form.partitionKey());
    this.partitionPosition = new int[codecs.length];
    Arrays.fill(partitionPosition, -1);
    boolean changing = false;
    for (int position = 0; position < partitionKey.length; position++) {
      partitionPosition[partitionKey[position]] = position;
      changing |= codecs[partitionKey[position]] == TimeCodecs.Now.CODEC;
    }
    this.keepsPartitions = partitionKey.length > 0 && !changing;
    this.clustering =
        IntStream.range(0, slots.size())
            .filter(slot -> slots.get(slot).key() && !slots.get(slot).partitionKey())
            .toArray();
    this.assigned =
        slots.stream()
            .filter(slot -> !slot.isRest())
            .map(slot -> slot.column().name())
            .collect(Collectors.toUnmodifiableSet());
    this.restNames = form.restNames();
    this.keepsAll = form.keepsAll() || pseudo.hasTimestamp();
    this.partitionKeyNames = form.partitionKeyNames();
    this.clusteringNames = form.clusteringNames();
  }

  /** As in CQL, {@code now()} is a UUID of its own for each row where the column wants one. */
  private static boolean isNow(MappedTarget target, TableSlot slot, DataType type) {
    return type.equals(DataTypes.TIMEUUID)
        && !slot.isRest()
        && target.mapping().assignments().get(slot.assignment()).source()
            instanceof Expression.Call call
        && call.function() == Function.NOW;
  }

  /** The codes of the types with parts begin with that of lists. */
  private static boolean isCompound(DataType type) {
    return type.getProtocolCode() >= ProtocolConstants.DataType.LIST
        || type.getProtocolCode() == ProtocolConstants.DataType.CUSTOM;
  }

  private static int[] positions(List<Integer> positions) {
    return positions.stream().mapToInt(Integer::intValue).toArray();
  }

  TableForm form() {
    return form;
  }

  long number() {
    return number;
  }

  /** The positions of the clustering columns. */
  int[] clustering() {
    return clustering;
  }

  /** Whether each record has to reach the server, since none makes up for another. */
  boolean keepsAll() {
    return keepsAll;
  }

  BoundStatement bind(TableRow row) {
    return form.statement(row.deletes()).bind(row);
  }

  /**
   * The row of these values.
   *
   * @param now milliseconds since the epoch
   * @param memo the partitions that are known; null on a thread that has none
   */
  public Plan plan(Cells cells, long now, @Nullable PartitionMemo memo) {
    boolean deletes = cells.deletion() && !withoutValue.writes(cells);
    if (deletes && !form.deletes()) {
      return undeletable();
    }
    try {
      return row(cells, deletes, now, memo);
    } catch (InvalidValue e) {
      return new Plan.Rejected(String.valueOf(e.getMessage()));
    } catch (IllegalArgumentException e) {
      // A key that is too long; it names the columns, never their content.
      return new Plan.Rejected(table + ": " + e.getMessage());
    }
  }

  /** Where deletes are off, a record without a value has nothing for this table. */
  private Plan undeletable() {
    return options.deletes()
        ? new Plan.Rejected(table + ": a record without a value, and its row cannot be deleted")
        : Plan.Nothing.NOTHING;
  }

  private TableRow row(Cells cells, boolean deletion, long now, @Nullable PartitionMemo memo) {
    UnknownNames.Sighting unknown = meetsUnknown ? owner.unknownNames().sighting() : nothingUnknown;
    @Nullable ByteBuffer[] values = new @Nullable ByteBuffer[codecs.length];
    @Nullable Object[] key = memo == null || !keepsPartitions ? NO_KEY : partitionKeyOf(cells);
    int hash = key.length == 0 ? 0 : PartitionMemo.hash(key);
    TablePartition known = memo == null || hash == 0 ? null : memo.find(this, hash, key);
    boolean nothingButNulls = form.deletesEmpty() && !deletion;
    InvalidValue misfit = null;
    for (int slot = 0; slot < codecs.length; slot++) {
      if (known != null && partitionPosition[slot] >= 0) {
        values[slot] = known.column(partitionPosition[slot]);
        continue;
      }
      if (deletion && !isKey[slot]) {
        continue;
      }
      Object value = slots[slot].value(cells);
      nothingButNulls &= isKey[slot] || value == null || value == Cells.NULL;
      try {
        values[slot] = isKey[slot] ? key(slot, value, unknown) : value(slot, value, unknown);
      } catch (InvalidValue e) {
        misfit = e.after(misfit);
      }
    }
    boolean deletes = deletion || (nothingButNulls && !hasMore(cells.rest()));
    if (deletes) {
      clear(values);
    }
    long timestamp = 0;
    int ttl = TableRow.NO_TTL;
    try {
      timestamp = pseudo.timestamp(cells, now, table);
    } catch (InvalidValue e) {
      misfit = e.after(misfit);
    }
    try {
      ttl = deletes ? TableRow.NO_TTL : pseudo.ttl(cells, table);
    } catch (InvalidValue e) {
      misfit = e.after(misfit);
    }
    if (misfit != null) {
      throw misfit;
    }
    if (!deletes) {
      meet(cells.rest(), unknown);
    }
    TablePartition partition = known;
    if (partition == null) {
      partition = partition(cells.origin(), values, key);
      if (memo != null && hash != 0) {
        memo.keep(hash, partition);
      }
    } else {
      KeyLimits.checkClustering(clusteringNames, clusteringBytes(values));
    }
    return new TableRow(
        this,
        partition,
        known == null,
        values,
        cells,
        deletes,
        timestamp,
        ttl,
        unknown.since(),
        now);
  }

  /** Whether a record has a value for which there is no column, or none yet. */
  private boolean hasMore(@Nullable Map<String, @Nullable Object> rest) {
    return rest != null
        && rest.entrySet().stream()
            .anyMatch(field -> field.getValue() != null && isUnknown(field.getKey()));
  }

  private boolean isUnknown(String name) {
    return !restNames.contains(name) && !assigned.contains(name);
  }

  private void clear(@Nullable ByteBuffer[] values) {
    for (int slot = 0; slot < values.length; slot++) {
      if (!isKey[slot]) {
        values[slot] = null;
      }
    }
  }

  private ByteBuffer key(int slot, @Nullable Object value, UnknownFields unknown) {
    if (value == null || Cells.isNothing(value)) {
      throw named(slot, new InvalidValue("a primary key column must not be null"));
    }
    return encoded(slot, value, unknown);
  }

  private @Nullable ByteBuffer value(int slot, @Nullable Object value, UnknownFields unknown) {
    if (value == Cells.MISSING) {
      return null;
    }
    if (value == null || value == Cells.NULL) {
      boolean written = value != null || !options.nullToUnset();
      return written && !slots[slot].adds() ? TableStatement.NULL : null;
    }
    return encoded(slot, value, unknown);
  }

  private ByteBuffer encoded(int slot, Object value, UnknownFields unknown) {
    try {
      return codecs[slot].encode(value, unknown);
    } catch (InvalidValue e) {
      throw named(slot, e);
    }
  }

  private InvalidValue named(int slot, InvalidValue misfit) {
    return new InvalidValue(misfit.reason(table + "." + slots[slot].place(), types[slot]));
  }

  private void meet(@Nullable Map<String, @Nullable Object> rest, UnknownFields unknown) {
    if (rest == null) {
      return;
    }
    for (String name : rest.keySet()) {
      if (isUnknown(name)) {
        unknown.met(name);
      }
    }
  }

  private @Nullable Object[] partitionKeyOf(Cells cells) {
    @Nullable Object[] key = new Object[partitionKey.length];
    for (int i = 0; i < key.length; i++) {
      key[i] = slots[partitionKey[i]].value(cells);
    }
    return key;
  }

  private TablePartition partition(
      RecordOrigin origin, @Nullable ByteBuffer[] values, @Nullable Object[] key) {
    if (partitionKey.length == 0) {
      // Of a statement that does not tell: the order of the log is kept.
      byte[] topic = origin.topic().getBytes(StandardCharsets.UTF_8);
      ByteBuffer partition = ByteBuffer.allocate(Integer.BYTES).putInt(0, origin.partition());
      return new TablePartition(owner, ByteBuffer.wrap(topic), partition);
    }
    ByteBuffer[] columns = new ByteBuffer[partitionKey.length];
    for (int i = 0; i < columns.length; i++) {
      ByteBuffer value = values[partitionKey[i]];
      if (value == null || TableStatement.isNull(value)) {
        throw named(partitionKey[i], new InvalidValue("a partition key column must not be null"));
      }
      columns[i] = value;
    }
    KeyLimits.checkPartitionKey(partitionKeyNames, columns);
    KeyLimits.checkClustering(clusteringNames, clusteringBytes(values));
    return new TablePartition(owner, this, key, columns);
  }

  private long clusteringBytes(@Nullable ByteBuffer[] values) {
    long bytes = 0;
    for (int slot : clustering) {
      bytes += length(values[slot]);
    }
    return bytes;
  }

  private static int length(@Nullable ByteBuffer value) {
    return value == null ? 0 : value.remaining();
  }
}
