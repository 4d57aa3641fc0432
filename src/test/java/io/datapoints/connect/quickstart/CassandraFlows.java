package io.datapoints.connect.quickstart;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import io.datapoints.connect.quickstart.CollectedFlow.Pair;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** The flows in Cassandra. Every query about a pair reads one partition. */
final class CassandraFlows extends FlowStore {

  private static final String KEY = " WHERE source_ip = ? AND dest_ip = ? AND protocol = ?";

  private final CqlSession session;
  private final String table;

  CassandraFlows(CqlSession session, String keyspace, Pair shown) {
    super("Cassandra", shown);
    this.session = session;
    this.table = CqlIdentifier.fromInternal(keyspace).asCql(true) + ".metrics";
  }

  @Override
  public long count() {
    long flows = 0;
    for (Row partition :
        session.execute(
            "SELECT count(*) FROM " + table + " GROUP BY source_ip, dest_ip, protocol")) {
      flows += partition.getLong(0);
    }
    return flows;
  }

  @Override
  List<Stored> latest(Pair pair, int limit) {
    return session
        .execute(select(KEY + " LIMIT ?"), pair.sourceIp(), pair.destIp(), pair.protocol(), limit)
        .map(CassandraFlows::stored)
        .all();
  }

  @Override
  Iterable<Stored> between(Pair pair, Instant from, Instant to) {
    return session
        .execute(
            select(KEY + " AND timestamp >= ? AND timestamp < ?"),
            pair.sourceIp(),
            pair.destIp(),
            pair.protocol(),
            from,
            to)
        .map(CassandraFlows::stored);
  }

  private String select(String which) {
    return "SELECT timestamp, source_port, dest_port, value FROM " + table + which;
  }

  private static Stored stored(Row row) {
    return new Stored(
        Objects.requireNonNull(row.getInstant("timestamp")),
        row.getInt("source_port"),
        row.getInt("dest_port"),
        row.getDouble("value"));
  }
}
