package io.datapoints.connect.pipeline;

import com.datastax.oss.driver.api.core.CqlSession;
import java.util.HashMap;
import java.util.Map;

/**
 * The flows of a keyspace.
 *
 * @param session stays the caller's
 */
public record CassandraFlows(CqlSession session, String keyspace) implements Contents {

  @Override
  public Map<String, Long> read() {
    Map<String, Long> flows = new HashMap<>();
    session
        .execute(
            "SELECT source_ip, dest_ip, protocol, timestamp, source_port, dest_port, value FROM \""
                + keyspace
                + "\".metrics")
        .forEach(
            row ->
                flows.put(
                    Contents.flow(
                        row.getString(0),
                        row.getString(1),
                        row.getString(2),
                        row.getInstant(3).toEpochMilli(),
                        row.getInt(4),
                        row.getInt(5)),
                    (long) row.getDouble(6)));
    return flows;
  }
}
