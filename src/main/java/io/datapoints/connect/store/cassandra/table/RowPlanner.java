package io.datapoints.connect.store.cassandra.table;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.type.DataType;
import com.datastax.oss.driver.api.core.type.DataTypes;
import com.datastax.oss.protocol.internal.ProtocolConstants;
import io.datapoints.connect.config.mapping.MappedTarget;
import io.datapoints.connect.mapping.Expression;
import io.datapoints.connect.mapping.Function;
import io.datapoints.connect.mapping.WithoutValue;
import io.datapoints.connect.model.InvalidValue;
import io.datapoints.connect.model.MappedRecord;
import io.datapoints.connect.store.Plan;
import io.datapoints.connect.store.cassandra.codec.CellCodec;
import io.datapoints.connect.store.cassandra.codec.CellCodecs;
import io.datapoints.connect.store.cassandra.codec.TimeCodecs;
import io.datapoints.connect.store.cassandra.codec.UnknownFields;
import io.datapoints.connect.store.cassandra.codec.ValueBytes;
import io.datapoints.connect.store.cassandra.request.KeyLimits;
import io.datapoints.connect.store.cassandra.schema.RestColumns;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Turns the values of records into rows of one version of a table. Stateless: the task thread plans
 * rows; the driver's threads plan rows again when the table has changed.
 */
public final class RowPlanner {

  private static final ByteBuffer[] KNOWN = {};

  private final TopicTable owner;
  private final TableForm form;
  private final MappedTarget.Options options;
  private final PseudoColumns pseudo;
  private final WithoutValue withoutValue;
  private final TableSlot[] slots;

  /** Which slots are of the primary key. */
  private final boolean[] isKey;

  /** Which slots outside the key take their value from the contents of a record. */
  private final boolean[] isContent;

  /** Which slots have a type that takes a blank text as it is. */
  private final boolean[] takesBlank;

  private final RowEncoding encoding;
  private final PartitionPlanner partitions;
  private final CellCodec[] codecs;

  /** For values that are bytes which no converter has decoded. */
  private final CellCodec[] bytesCodecs;

  private final String[] types;
  private final String table;
  private final Set<String> assigned;
  private final Set<String> restNames;
  private final RestColumns restColumns;
  private final boolean keepsAll;

  /**
   * Whether a row must keep its record, since its values do not suffice to plan it again or to
   * order it.
   */
  private final boolean keepsSource;

  /** The first words of the reason for a clustering key that is too long. */
  private final String clusteringKey;

  private final long number;

  /** Whether a record may have a field for which the table has no column. */
  private final boolean meetsUnknown;

  private final UnknownNames.Sighting nothingUnknown;

  /**
   * @param number increases with every version of the table
   */
  public RowPlanner(TopicTable owner, MappedTarget target, TableForm form, long number) {
    this.owner = owner;
    this.form = form;
    this.options = target.options();
    this.pseudo = new PseudoColumns(target);
    List<TableSlot> slots = form.slots();
    this.slots = slots.toArray(TableSlot[]::new);
    this.isKey = new boolean[this.slots.length];
    this.isContent = new boolean[this.slots.length];
    this.takesBlank = new boolean[this.slots.length];
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
    CellCodecs compiler = new CellCodecs(options.times());
    this.codecs = new CellCodec[slots.size()];
    this.bytesCodecs = new CellCodec[slots.size()];
    this.types = new String[slots.size()];
    for (int slot = 0; slot < codecs.length; slot++) {
      isKey[slot] = slots.get(slot).key();
      isContent[slot] = slots.get(slot).isContent(target.mapping());
      DataType type = form.type(slot);
      boolean now = isNow(target, slots.get(slot), type);
      codecs[slot] = now ? TimeCodecs.Now.CODEC : codec(target, slots.get(slot), type, compiler);
      bytesCodecs[slot] = now ? TimeCodecs.Now.CODEC : compiler.ofBytes(type);
      takesBlank[slot] = codecs[slot].takesBlank();
      types[slot] = type.asCql(false, true);
      compound |= isCompound(type);
    }
    this.meetsUnknown = compound;
    this.nothingUnknown = owner.unknownNames().sighting();
    this.encoding = new RowEncoding(form, target.mapping().assignments().size());
    this.partitions =
        new PartitionPlanner(
            owner,
            form,
            form.partitionKey().stream().noneMatch(key -> codecs[key] == TimeCodecs.Now.CODEC));
    this.assigned =
        slots.stream()
            .filter(slot -> !slot.isRest())
            .map(slot -> slot.column().name())
            .collect(Collectors.toUnmodifiableSet());
    this.restNames = form.restNames();
    this.restColumns = new RestColumns(restNames);
    this.keepsAll = form.keepsAll() || pseudo.hasTimestamp();
    this.keepsSource = compound || pseudo.hasTtl() || keepsAll;
    this.clusteringKey = table + ": " + form.clusteringNames() + " make a clustering key";
  }

  /** As in CQL, {@code now()} is a new UUID for each row if the column is a timeuuid. */
  private static boolean isNow(MappedTarget target, TableSlot slot, DataType type) {
    return type.equals(DataTypes.TIMEUUID)
        && !slot.isRest()
        && target.mapping().assignments().get(slot.assignment()).source()
            instanceof Expression.Call call
        && call.function() == Function.NOW;
  }

  private static CellCodec codec(
      MappedTarget target, TableSlot slot, DataType type, CellCodecs compiler) {
    boolean whole =
        !slot.isRest()
            && target.mapping().assignments().get(slot.assignment()).source()
                instanceof Expression.Path path
            && path.steps().isEmpty();
    return whole ? compiler.ofWhole(type) : compiler.ofColumn(type);
  }

  /** Protocol codes of types with parts start at that of lists. */
  private static boolean isCompound(DataType type) {
    return type.getProtocolCode() >= ProtocolConstants.DataType.LIST
        || type.getProtocolCode() == ProtocolConstants.DataType.CUSTOM;
  }

  TableForm form() {
    return form;
  }

  long number() {
    return number;
  }

  RowEncoding encoding() {
    return encoding;
  }

  /** Whether each record has to reach the server, since no record replaces another. */
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
   * @param memo the cached partitions
   * @param bytes a scratch buffer for the encoded values
   */
  public Plan plan(MappedRecord record, long now, PartitionMemo memo, ValueBytes bytes) {
    return plan(record, null, now, memo, bytes);
  }

  /** Plans a row of an earlier version again for this version. */
  Plan again(TableRow row) {
    return plan(row.record(), row, 0, null, new ValueBytes());
  }

  /**
   * @param before the same row of an earlier version of the table; its write time is kept
   */
  private Plan plan(
      MappedRecord record,
      @Nullable TableRow before,
      long now,
      @Nullable PartitionMemo memo,
      ValueBytes bytes) {
    boolean deletes = record.deletion() && !withoutValue.writes(record);
    if (deletes && !form.deletes()) {
      return undeletable();
    }
    try {
      return row(record, deletes, before, now, memo, bytes);
    } catch (InvalidValue e) {
      return new Plan.Rejected(String.valueOf(e.getMessage()));
    }
  }

  /** If deletes are off, a record without a value has no effect on this table. */
  private Plan undeletable() {
    return options.deletes()
        ? new Plan.Rejected(table + ": a record without a value, and its row cannot be deleted")
        : Plan.Nothing.NOTHING;
  }

  private UnknownNames.Sighting sighting(boolean last) {
    return last ? owner.unknownNames().lastSighting() : owner.unknownNames().sighting();
  }

  private TableRow row(
      MappedRecord given,
      boolean deletion,
      @Nullable TableRow before,
      long now,
      @Nullable PartitionMemo memo,
      ValueBytes bytes) {
    UnknownNames.Sighting unknown = meetsUnknown ? sighting(before != null) : nothingUnknown;
    MappedRecord record = given.rest() == null ? given : restColumns.align(given);
    int hash = memo == null ? 0 : partitions.hash(record);
    TablePartition known = memo == null || hash == 0 ? null : memo.find(partitions, hash, record);
    ByteBuffer[] key = known == null ? new ByteBuffer[partitions.columns()] : KNOWN;
    InvalidValue problem = encode(record, deletion, known != null, key, bytes, unknown);
    TableRow.Effect effect = effect(record, deletion);
    boolean deletes = effect != TableRow.Effect.WRITES;
    long timestamp = 0;
    int ttl = TableRow.NO_TTL;
    try {
      timestamp = before == null ? pseudo.timestamp(record, now, table) : before.writeTimestamp();
    } catch (InvalidValue e) {
      problem = e.after(problem);
    }
    try {
      ttl = deletes ? TableRow.NO_TTL : pseudo.ttl(record, table);
    } catch (InvalidValue e) {
      problem = e.after(problem);
    }
    if (problem != null) {
      throw problem;
    }
    if (!deletes) {
      meet(record.rest(), unknown);
    }
    byte[] encoded = bytes.take(0);
    TablePartition partition = known == null ? partitions.make(record, key) : known;
    KeyLimits.check(clusteringKey, encoding.clusteringBytes(encoded));
    if (known == null && memo != null && hash != 0) {
      memo.keep(hash, partition);
    }
    TableRow.Source source =
        keepsSource ? new TableRow.Source(given, unknown.since(), unknown.isLacking()) : null;
    return new TableRow(this, partition, known == null, encoded, effect, source, timestamp, ttl);
  }

  /**
   * Encodes the values of a row.
   *
   * @param knownPartition whether the partition is cached and need not be encoded
   * @param key receives the encoded partition key
   * @param bytes receives the other values
   * @return what is wrong with them, or null
   */
  private @Nullable InvalidValue encode(
      MappedRecord record,
      boolean deletion,
      boolean knownPartition,
      ByteBuffer[] key,
      ValueBytes bytes,
      UnknownFields unknown) {
    InvalidValue problem = null;
    bytes.clear();
    for (int slot = 0; slot < codecs.length; slot++) {
      int position = encoding.partitionPosition(slot);
      if (position >= 0 && knownPartition) {
        continue;
      }
      if (deletion && !isKey[slot]) {
        bytes.putMark(RowEncoding.UNSET);
        continue;
      }
      Object value = slots[slot].value(record);
      try {
        if (position >= 0) {
          key[position] = partitionColumn(slot, value, bytes, unknown);
        } else if (isKey[slot]) {
          encode(slot, present(slot, value), bytes, unknown);
        } else {
          value(slot, value, bytes, unknown);
        }
      } catch (InvalidValue e) {
        problem = e.after(problem);
      }
    }
    return problem;
  }

  private TableRow.Effect effect(MappedRecord record, boolean deletion) {
    if (deletion) {
      return TableRow.Effect.DELETES;
    }
    return form.deletesEmpty() && hasNothingButNulls(record)
        ? TableRow.Effect.EMPTIES
        : TableRow.Effect.WRITES;
  }

  private boolean hasNothingButNulls(MappedRecord record) {
    for (int slot = 0; slot < slots.length; slot++) {
      Object value = isContent[slot] ? slots[slot].value(record) : null;
      if (value != null && value != MappedRecord.NULL) {
        return false;
      }
    }
    return !hasMore(record.rest());
  }

  /** Whether a record has a value without a column in this version of the table. */
  private boolean hasMore(@Nullable Map<String, @Nullable Object> rest) {
    return rest != null
        && rest.entrySet().stream()
            .anyMatch(field -> field.getValue() != null && isUnknown(field.getKey()));
  }

  private boolean isUnknown(String name) {
    return !restNames.contains(name) && !assigned.contains(name);
  }

  private ByteBuffer partitionColumn(
      int slot, @Nullable Object value, ValueBytes bytes, UnknownFields unknown) {
    int start = bytes.size();
    encodeAlone(slot, present(slot, value), bytes, unknown);
    return ByteBuffer.wrap(bytes.take(start));
  }

  private Object present(int slot, @Nullable Object value) {
    if (value == null || MappedRecord.isNothing(value)) {
      throw named(slot, new InvalidValue("a primary key column must not be null"));
    }
    return value;
  }

  private void value(int slot, @Nullable Object value, ValueBytes bytes, UnknownFields unknown) {
    if (value == MappedRecord.MISSING) {
      bytes.putMark(RowEncoding.UNSET);
    } else if (value == null || value == MappedRecord.NULL || isBlank(slot, value)) {
      boolean written = value == MappedRecord.NULL || !options.nullToUnset();
      bytes.putMark(written && !slots[slot].adds() ? RowEncoding.NULL : RowEncoding.IGNORED_NULL);
    } else {
      encode(slot, value, bytes, unknown);
    }
  }

  private boolean isBlank(int slot, Object value) {
    return !takesBlank[slot] && CellCodec.isBlank(value);
  }

  /** Writes the length of a value, then the value. */
  private void encode(int slot, Object value, ValueBytes bytes, UnknownFields unknown) {
    int start = bytes.openValue();
    encodeAlone(slot, value, bytes, unknown);
    bytes.closeValue(start);
  }

  private void encodeAlone(int slot, Object value, ValueBytes bytes, UnknownFields unknown) {
    try {
      CellCodec codec = value instanceof ByteBuffer ? bytesCodecs[slot] : codecs[slot];
      codec.encode(value, bytes, unknown);
    } catch (InvalidValue e) {
      throw named(slot, e);
    }
  }

  private InvalidValue named(int slot, InvalidValue problem) {
    return new InvalidValue(problem.reason(table + "." + slots[slot].place(), types[slot]));
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
}
