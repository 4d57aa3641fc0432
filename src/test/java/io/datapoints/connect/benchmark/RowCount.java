package io.datapoints.connect.benchmark;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import java.util.Locale;

/** How many rows a table has, counted in ranges that are small enough for a server. */
final class RowCount {

  private static final int TOKEN_RANGES = 64;
  private static final long TOKENS_OF_RANGE = 1L << 58;

  private RowCount() {}

  static long of(CqlSession session, String table, String partitionKey) {
    PreparedStatement count =
        session.prepare(
            String.format(
                Locale.ROOT,
                "SELECT COUNT(*) FROM %s WHERE token(%s) > ? AND token(%s) <= ?",
                table,
                partitionKey,
                partitionKey));
    long rows = 0;
    for (int range = 0; range < TOKEN_RANGES; range++) {
      var row = session.execute(count.bind(token(range), token(range + 1))).one();
      rows += row == null ? 0 : row.getLong(0);
    }
    return rows;
  }

  /** No partition has the smallest token. */
  private static long token(int range) {
    return range == TOKEN_RANGES ? Long.MAX_VALUE : Long.MIN_VALUE + range * TOKENS_OF_RANGE;
  }
}
