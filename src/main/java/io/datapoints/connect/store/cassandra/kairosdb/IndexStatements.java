package io.datapoints.connect.store.cassandra.kairosdb;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.uuid.Uuids;
import io.datapoints.connect.kairosdb.format.KairosNames;
import io.datapoints.connect.kairosdb.format.TagIndexKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Binds the rows of the index tables, each a pure function of its key and its mark. KairosDB writes
 * {@code mtime} as now(); here it is the first UUID of the write timestamp's millisecond.
 */
final class IndexStatements {

  private static final ByteBuffer TABLE = text(KairosNames.DATA_POINTS);
  private static final ByteBuffer METRIC_NAMES = text(KairosNames.METRIC_NAMES);
  private static final ByteBuffer ZERO = ByteBuffer.wrap(new byte[1]).asReadOnlyBuffer();

  private final KairosStatements statements;
  private final Map<String, List<String>> indexedTags;

  IndexStatements(KairosStatements statements, Map<String, List<String>> indexedTags) {
    this.statements = statements;
    this.indexedTags = indexedTags;
  }

  /** The row of {@code row_keys} and, for indexed tags, those of {@code tag_indexed_row_keys}. */
  List<BoundStatement> rowKey(RowKey key, IndexEntry.Mark mark) {
    List<BoundStatement> rows = new ArrayList<>();
    ByteBuffer metric = text(key.rowTime().metric());
    ByteBuffer rowTime = int64(key.rowTime().millis());
    ByteBuffer dataType = text(key.dataType());
    ByteBuffer tags = TagMap.encode(key.series().tags());
    ByteBuffer mtime = timeUuid(mark.timestamp());
    ByteBuffer ttl = int32(mark.ttl());
    ByteBuffer timestamp = int64(mark.timestamp());
    rows.add(
        bind(statements.rowKey(), metric, TABLE, rowTime, dataType, tags, mtime, ttl, timestamp));
    PreparedStatement byTag = statements.tagIndexedRowKey();
    if (byTag != null) {
      for (TagIndexKey.Pair pair : TagIndexKey.of(key.series(), indexedTags)) {
        ByteBuffer tagPair = text(pair.singleTagPair());
        ByteBuffer hash = int32(pair.tagCollectionHash());
        rows.add(
            bind(
                byTag, metric, TABLE, rowTime, tagPair, dataType, hash, tags, mtime, ttl,
                timestamp));
      }
    }
    return rows;
  }

  /** The row of {@code row_key_time_index}. */
  BoundStatement rowTime(RowKey.RowTime key, IndexEntry.Mark mark) {
    return bind(
        statements.rowTime(),
        text(key.metric()),
        TABLE,
        int64(key.millis()),
        int32(mark.ttl()),
        int64(mark.timestamp()));
  }

  /** The row of {@code string_index}, which never expires. */
  BoundStatement metricName(String metric, IndexEntry.Mark mark) {
    return bind(statements.metricName(), METRIC_NAMES, text(metric), ZERO, int64(mark.timestamp()));
  }

  private static BoundStatement bind(PreparedStatement statement, ByteBuffer... values) {
    var builder = statement.boundStatementBuilder();
    for (int i = 0; i < values.length; i++) {
      builder = builder.setBytesUnsafe(i, values[i]);
    }
    return builder.build();
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
