package io.datapoints.connect.store.cassandra.kairosdb.index;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The prepared statements of the index. Each carries its own timestamp in milliseconds, and every
 * part of a partition key is a variable, so that the driver can send it to a replica.
 *
 * @param tagIndexedRowKey null when tags are not indexed
 */
public record IndexStatements(
    PreparedStatement rowKey,
    PreparedStatement rowTime,
    PreparedStatement metricName,
    @Nullable PreparedStatement tagIndexedRowKey) {

  private static final String TTL_AND_TIMESTAMP = " USING TTL ? AND TIMESTAMP ?";

  static final String ROW_KEY =
      "INSERT INTO %s.row_keys (metric, table_name, row_time, data_type, tags, mtime)"
          + " VALUES (?, ?, ?, ?, ?, ?)"
          + TTL_AND_TIMESTAMP;

  static final String ROW_TIME =
      "INSERT INTO %s.row_key_time_index (metric, table_name, row_time) VALUES (?, ?, ?)"
          + TTL_AND_TIMESTAMP;

  static final String METRIC_NAME =
      "INSERT INTO %s.string_index (key, column1, value) VALUES (?, ?, ?) USING TIMESTAMP ?";

  static final String TAG_INDEXED_ROW_KEY =
      "INSERT INTO %s.tag_indexed_row_keys (metric, table_name, row_time, single_tag_pair,"
          + " data_type, tag_collection_hash, tags, mtime) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
          + TTL_AND_TIMESTAMP;

  /**
   * Prepares them.
   *
   * @param keyspace as CQL spells it
   */
  public static CompletionStage<IndexStatements> prepare(
      CqlSession session, String keyspace, boolean tagIndex) {
    CompletableFuture<PreparedStatement> rowKey = prepare(session, ROW_KEY, keyspace);
    CompletableFuture<PreparedStatement> rowTime = prepare(session, ROW_TIME, keyspace);
    CompletableFuture<PreparedStatement> metricName = prepare(session, METRIC_NAME, keyspace);
    CompletableFuture<@Nullable PreparedStatement> byTag =
        tagIndex
            ? prepare(session, TAG_INDEXED_ROW_KEY, keyspace)
            : CompletableFuture.completedFuture(null);
    return CompletableFuture.allOf(rowKey, rowTime, metricName, byTag)
        .thenApply(
            all ->
                new IndexStatements(
                    rowKey.join(), rowTime.join(), metricName.join(), byTag.join()));
  }

  private static CompletableFuture<PreparedStatement> prepare(
      CqlSession session, String cql, String keyspace) {
    return session.prepareAsync(cql.formatted(keyspace)).toCompletableFuture();
  }
}
