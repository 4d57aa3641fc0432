package io.datapoints.connect.pipeline;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The flows of a table.
 *
 * @param session stays the caller's
 */
public record CassandraFlows(CqlSession session, String keyspace, String table)
    implements Contents {

  /** Those of the flows layout. */
  public CassandraFlows(CqlSession session, String keyspace) {
    this(session, keyspace, "metrics");
  }

  @Override
  public Map<String, Long> read() {
    Map<String, Long> flows = new HashMap<>();
    session
        .execute(
            "SELECT source_ip, dest_ip, protocol, timestamp, source_port, dest_port, value FROM \""
                + keyspace
                + "\"."
                + table)
        .forEach(
            row ->
                flows.put(
                    Contents.flow(
                        row.getString(0),
                        row.getString(1),
                        row.getString(2),
                        row.getInstant(3).toEpochMilli(),
                        port(row, 4),
                        port(row, 5)),
                    (long) row.getDouble(6)));
    return flows;
  }

  /** Whatever number the column holds. */
  private static int port(Row row, int column) {
    return Objects.requireNonNull((Number) row.getObject(column)).intValue();
  }
}
