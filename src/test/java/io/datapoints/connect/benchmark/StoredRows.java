package io.datapoints.connect.benchmark;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import io.datapoints.connect.kairosdb.format.KairosNames;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Compares what is in Cassandra with what was produced. */
final class StoredRows {

  private final CqlSession session;
  private final PreparedStatement countPoints;
  private final PreparedStatement countRowKeys;

  StoredRows(CqlSession session, String keyspace) {
    this.session = session;
    this.countPoints =
        session.prepare("SELECT COUNT(*) FROM " + keyspace + ".data_points WHERE key = ?");
    this.countRowKeys =
        session.prepare(
            "SELECT COUNT(*) FROM "
                + keyspace
                + ".row_keys WHERE metric = ? AND table_name = ? AND row_time = ?");
  }

  /** What is wrong with the points of a workload; empty when all of them are there. */
  List<String> faults(Workload workload) {
    List<String> faults = new ArrayList<>();
    for (int series = 0; series < workload.series(); series++) {
      long points = count(countPoints, ByteBuffer.wrap(workload.rowKey(series)));
      if (points != workload.pointsPerSeries()) {
        faults.add(
            workload.metric()
                + ": "
                + points
                + " points of series "
                + series
                + " instead of "
                + workload.pointsPerSeries());
      }
    }
    return faults;
  }

  /** What is wrong with the index entries of a workload; empty when each series has its own. */
  List<String> indexFaults(Workload workload) {
    long keys =
        count(
            countRowKeys,
            workload.metric(),
            KairosNames.DATA_POINTS,
            Instant.ofEpochMilli(Workload.ROW_TIME));
    return keys == workload.series()
        ? List.of()
        : List.of(workload.metric() + ": " + keys + " row keys instead of " + workload.series());
  }

  private long count(PreparedStatement statement, Object... values) {
    var row = session.execute(statement.bind(values)).one();
    return row == null ? 0 : row.getLong(0);
  }
}
