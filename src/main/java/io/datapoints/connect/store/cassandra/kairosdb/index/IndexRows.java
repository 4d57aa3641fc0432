package io.datapoints.connect.store.cassandra.kairosdb.index;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.uuid.Uuids;
import io.datapoints.connect.kairosdb.format.KairosNames;
import io.datapoints.connect.kairosdb.format.TagIndexKey;
import io.datapoints.connect.kairosdb.format.TagMap;
import io.datapoints.connect.model.SipHash;
import io.datapoints.connect.model.SipHash.Fingerprint;
import io.datapoints.connect.store.cassandra.kairosdb.index.IndexEntry.Mark;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Makes the rows of the index tables, each a pure function of its entry and its mark. KairosDB
 * writes {@code mtime} as now(); here it is the first UUID of the write timestamp's millisecond.
 */
final class IndexRows {

  private static final ByteBuffer TABLE = text(KairosNames.DATA_POINTS);
  private static final ByteBuffer METRIC_NAMES = text(KairosNames.METRIC_NAMES);
  private static final ByteBuffer ZERO = ByteBuffer.wrap(new byte[1]).asReadOnlyBuffer();

  private static final int STRING_INDEX = 0;
  private static final int ROW_KEY_TIME_INDEX = 1;
  private static final int ROW_KEYS = 2;
  private static final int TAG_INDEXED_ROW_KEYS = 3;

  private final IndexStatements statements;
  private final Map<String, List<String>> indexedTags;

  /**
   * A row whose mark is still to come.
   *
   * @param table sets the tables apart
   * @param keyColumns how many of the values, from the first on, are the partition key
   * @param values what does not depend on the mark; shared, and so never moved
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Row(int table, PreparedStatement statement, int keyColumns, ByteBuffer... values) {

    /**
     * What a server counts of a row beside these values, where it is the only one of its partition,
     * {@code mtime} included. On the wire it is about as much: lengths, id, numbers.
     */
    private static final int FRAME_BYTES = 100;

    ByteBuffer[] partitionKey() {
      return Arrays.copyOf(values, keyColumns);
    }

    /** Stands for the partition among those of all index tables. */
    Fingerprint partition() {
      SipHash hash = new SipHash().add(table);
      for (int column = 0; column < keyColumns; column++) {
        hash.add(values[column]);
      }
      return hash.toFingerprint();
    }

    int bytes() {
      int bytes = FRAME_BYTES;
      for (ByteBuffer value : values) {
        bytes += value.remaining();
      }
      return bytes;
    }

    /** The last variables are those of the mark: mtime, time to live, write timestamp. */
    BoundStatement bind(Mark mark) {
      var builder = statement.boundStatementBuilder();
      int variable = 0;
      for (ByteBuffer value : values) {
        builder = builder.setBytesUnsafe(variable++, value);
      }
      int open = statement.getVariableDefinitions().size() - variable;
      if (open > 2) {
        builder = builder.setBytesUnsafe(variable++, timeUuid(mark.timestamp()));
      }
      if (open > 1) {
        builder = builder.setBytesUnsafe(variable++, int32(mark.ttl()));
      }
      return builder.setBytesUnsafe(variable, int64(mark.timestamp())).build();
    }
  }

  IndexRows(IndexStatements statements, Map<String, List<String>> indexedTags) {
    this.statements = statements;
    this.indexedTags = indexedTags;
  }

  /** The rows of an entry, at least one. */
  List<Row> of(IndexEntry entry) {
    RowKey.RowTime rowTime = entry.rowTime();
    ByteBuffer metric = text(rowTime.metric());
    return switch (entry.kind()) {
      // It never expires.
      case METRIC_NAME ->
          List.of(new Row(STRING_INDEX, statements.metricName(), 1, METRIC_NAMES, metric, ZERO));
      case ROW_TIME ->
          List.of(
              new Row(
                  ROW_KEY_TIME_INDEX,
                  statements.rowTime(),
                  1,
                  metric,
                  TABLE,
                  int64(rowTime.millis())));
      case ROW_KEY -> rowKey(entry.key(), metric, int64(rowTime.millis()));
    };
  }

  private List<Row> rowKey(RowKey key, ByteBuffer metric, ByteBuffer rowTime) {
    ByteBuffer dataType = text(key.dataType());
    ByteBuffer tags = TagMap.encode(key.series().tags());
    Row row = new Row(ROW_KEYS, statements.rowKey(), 3, metric, TABLE, rowTime, dataType, tags);
    PreparedStatement byTag = statements.tagIndexedRowKey();
    if (byTag == null) {
      return List.of(row);
    }
    List<Row> rows = new ArrayList<>();
    rows.add(row);
    for (TagIndexKey.Pair pair : TagIndexKey.of(key.series(), indexedTags)) {
      ByteBuffer tagPair = text(pair.singleTagPair());
      ByteBuffer hash = int32(pair.tagCollectionHash());
      rows.add(
          new Row(
              TAG_INDEXED_ROW_KEYS,
              byTag,
              4,
              metric,
              TABLE,
              rowTime,
              tagPair,
              dataType,
              hash,
              tags));
    }
    return rows;
  }

  private static ByteBuffer timeUuid(long millis) {
    UUID uuid = Uuids.startOf(millis);
    return ByteBuffer.allocate(2 * Long.BYTES)
        .putLong(uuid.getMostSignificantBits())
        .putLong(uuid.getLeastSignificantBits())
        .flip();
  }

  private static ByteBuffer text(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)).asReadOnlyBuffer();
  }

  private static ByteBuffer int32(int number) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(0, number);
  }

  private static ByteBuffer int64(long number) {
    return ByteBuffer.allocate(Long.BYTES).putLong(0, number);
  }
}
