package io.datapoints.connect.store.cassandra;

import io.datapoints.connect.kairosdb.KairosNames;
import io.datapoints.connect.kairosdb.TagIndexKey;
import io.datapoints.connect.model.Series;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Cassandra's limit of 65,535 bytes on keys. */
final class KeyLimits {

  static final int MAX_KEY_BYTES = 65_535;

  /** Length and end mark of each component of a composite partition key. */
  private static final int COMPONENT = 3;

  private static final int REST_OF_ROW_TIME_KEY =
      3 * COMPONENT + KairosNames.DATA_POINTS.length() + Long.BYTES;

  private KeyLimits() {}

  /**
   * Holds back what Cassandra would refuse among all rows that a row key brings along.
   *
   * @param blob the key in {@code data_points}
   * @param tagPairs the rows of {@code tag_indexed_row_keys}
   * @throws IllegalArgumentException naming the part that is too long
   */
  static void check(Series series, String dataType, byte[] blob, List<TagIndexKey.Pair> tagPairs) {
    check("metric name and tags make a row key", blob.length);
    int rowTimeKey = utf8Length(series.name()) + REST_OF_ROW_TIME_KEY;
    check("metric name makes an index key", rowTimeKey);
    int hash = tagPairs.isEmpty() ? 0 : Integer.BYTES;
    int clustering = dataType.length() + hash + TagMap.encode(series.tags()).remaining();
    check("tags make an index entry", clustering);
    for (TagIndexKey.Pair pair : tagPairs) {
      int key = rowTimeKey + COMPONENT + utf8Length(pair.singleTagPair());
      check("metric name and a tag make an index key", key);
    }
  }

  /**
   * Holds back what Cassandra would refuse as a partition key of several columns.
   *
   * @param what the fields that make the key
   * @return the length of the key
   * @throws IllegalArgumentException naming the fields
   */
  static int checkComposite(String what, ByteBuffer... columns) {
    long bytes = 0;
    for (ByteBuffer column : columns) {
      bytes += column.remaining() + COMPONENT;
    }
    check(what + " make a partition key", bytes);
    return (int) bytes;
  }

  /**
   * Holds back what Cassandra would refuse as a partition key.
   *
   * @param what the columns of the key
   * @throws IllegalArgumentException naming the columns
   */
  static void checkPartitionKey(String what, ByteBuffer... columns) {
    if (columns.length != 1) {
      checkComposite(what, columns);
      return;
    }
    if (!columns[0].hasRemaining()) {
      throw new IllegalArgumentException(what + " makes an empty partition key");
    }
    check(what + " makes a partition key", columns[0].remaining());
  }

  /**
   * Holds back what Cassandra would refuse as a clustering key.
   *
   * @param what the columns of the key
   * @throws IllegalArgumentException naming the columns
   */
  static void checkClustering(String what, long bytes) {
    check(what + " make a clustering key", bytes);
  }

  private static void check(String what, long bytes) {
    if (bytes > MAX_KEY_BYTES) {
      throw new IllegalArgumentException(
          what + " of " + bytes + " bytes; Cassandra takes at most " + MAX_KEY_BYTES);
    }
  }

  private static int utf8Length(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
