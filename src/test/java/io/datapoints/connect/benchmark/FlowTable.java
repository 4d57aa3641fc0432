package io.datapoints.connect.benchmark;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * A table of flows with a partition for each pair of addresses.
 *
 * @param name with its keyspace
 */
record FlowTable(CqlSession session, String name) {

  /** Counts under way at the same time. */
  private static final int COUNTS = 256;

  /** What is wrong with the flows in the table; empty when all of them are there. */
  List<String> faults(FlowContent content) {
    PreparedStatement count =
        session.prepare(
            "SELECT COUNT(*) FROM "
                + name
                + " WHERE source_ip = ? AND dest_ip = ? AND protocol = 'tcp'");
    List<String> faults = new ArrayList<>();
    for (int first = 0; first < content.pairs(); first += COUNTS) {
      int last = Math.min(first + COUNTS, content.pairs());
      List<CompletionStage<AsyncResultSet>> counts = new ArrayList<>();
      for (int pair = first; pair < last; pair++) {
        counts.add(
            session.executeAsync(count.bind(content.source(pair), content.destination(pair))));
      }
      for (CompletionStage<AsyncResultSet> each : counts) {
        var row = each.toCompletableFuture().join().one();
        long flows = row == null ? 0 : row.getLong(0);
        if (flows != content.flowsPerPair()) {
          faults.add(content.name() + ": " + flows + " flows of a pair in " + name);
        }
      }
    }
    return faults;
  }
}
