package io.datapoints.connect.store.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Writes the index entries that a batch of points needs, all at once, and remembers those that were
 * acknowledged. Called on the task thread; the stages complete on the driver's threads.
 */
final class IndexWriter {

  private static final CompletionStage<Void> NOTHING_DUE = CompletableFuture.completedFuture(null);

  private final CqlSession session;
  private final IndexStatements statements;
  private final long refreshMillis;
  private final AtomicLong written = new AtomicLong();

  /**
   * @param refresh the age at which an entry is written again even when it is known to be there
   */
  IndexWriter(CqlSession session, IndexStatements statements, Duration refresh) {
    this.session = session;
    this.statements = statements;
    this.refreshMillis = refresh.toMillis();
  }

  /** Completes when everything the batch needs is there; at once when it is known to be. */
  CompletionStage<Void> write(RowKey key, IndexDemand demand) {
    RowTimeKey rowTime = key.rowTime();
    // KairosDB lets metric names live for ever.
    IndexDemand forEver = demand.withoutExpiry();
    boolean keyDue = key.entry().due(demand, refreshMillis);
    boolean timeDue = rowTime.entry().due(demand, refreshMillis);
    boolean nameDue = rowTime.metricName().due(forEver, refreshMillis);
    if (!keyDue && !timeDue && !nameDue) {
      return NOTHING_DUE;
    }
    List<CompletableFuture<Void>> writes = new ArrayList<>();
    if (nameDue) {
      IndexEntry.Mark mark = rowTime.metricName().next(forEver);
      writes.add(
          send(rowTime.metricName(), mark, List.of(statements.metricName(rowTime.metric(), mark))));
    }
    if (timeDue) {
      IndexEntry.Mark mark = rowTime.entry().next(demand);
      writes.add(send(rowTime.entry(), mark, List.of(statements.rowTime(rowTime, mark))));
    }
    if (keyDue) {
      IndexEntry.Mark mark = key.entry().next(demand);
      writes.add(send(key.entry(), mark, statements.rowKey(key, mark)));
    }
    return CompletableFuture.allOf(writes.toArray(CompletableFuture[]::new));
  }

  /** Rows of the index that were acknowledged. */
  long written() {
    return written.get();
  }

  private CompletableFuture<Void> send(
      IndexEntry entry, IndexEntry.Mark mark, List<BoundStatement> rows) {
    return CompletableFuture.allOf(
            rows.stream()
                .map(row -> session.executeAsync(row).toCompletableFuture())
                .toArray(CompletableFuture[]::new))
        .thenRun(
            () -> {
              entry.acknowledge(mark);
              written.addAndGet(rows.size());
            });
  }
}
