package io.datapoints.connect.compatibility;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The seconds that rows of a keyspace have left. */
final class TimesToLive {

  private final CqlSession session;
  private final String keyspace;

  TimesToLive(CqlSession session, String keyspace) {
    this.session = session;
    this.keyspace = keyspace;
  }

  /** Of each point of a metric. */
  List<Integer> ofPoints(String metric) {
    return left("SELECT TTL(value), key FROM " + keyspace + ".data_points", metric);
  }

  /** Of each row key of a metric. */
  List<Integer> ofRowKeys(String metric) {
    return left("SELECT TTL(mtime), metric FROM " + keyspace + ".row_keys", metric);
  }

  /** A row key starts with the metric's name and a NUL. */
  private List<Integer> left(String query, String metric) {
    return session.execute(query).all().stream()
        .filter(row -> (text(row) + "\0").startsWith(metric + "\0"))
        .map(row -> row.getInt(0))
        .sorted()
        .toList();
  }

  private static String text(Row row) {
    return StandardCharsets.UTF_8.decode(row.getBytesUnsafe(1).duplicate()).toString();
  }
}
