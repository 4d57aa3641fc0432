package io.datapoints.connect.quickstart;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Counts the points in KairosDB's table of points, without KairosDB. */
final class StoredPoints {

  private final CqlSession session;
  private final String keyspace;

  StoredPoints(CqlSession session, String keyspace) {
    this.session = session;
    this.keyspace = keyspace;
  }

  /**
   * How many points there are, those left out with which KairosDB counts its own work in the same
   * table.
   */
  long count() {
    String table = CqlIdentifier.fromInternal(keyspace).asCql(true) + ".data_points";
    long points = 0;
    for (Row partition : session.execute("SELECT key, count(*) FROM " + table + " GROUP BY key")) {
      ByteBuffer key = partition.getByteBuffer(0);
      if (key != null && !metric(key).startsWith("kairosdb.")) {
        points += partition.getLong(1);
      }
    }
    return points;
  }

  /** The metric's name, with which a row key begins; a zero byte ends it. */
  static String metric(ByteBuffer key) {
    int end = key.position();
    while (end < key.limit() && key.get(end) != 0) {
      end++;
    }
    return StandardCharsets.UTF_8.decode(key.duplicate().limit(end)).toString();
  }
}
