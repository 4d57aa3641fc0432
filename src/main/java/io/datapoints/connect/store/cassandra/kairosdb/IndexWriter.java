package io.datapoints.connect.store.cassandra.kairosdb;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.Statement;
import com.datastax.oss.driver.internal.core.context.InternalDriverContext;
import io.datapoints.connect.store.cassandra.failure.Failures;
import io.datapoints.connect.store.cassandra.request.PartitionBatch;
import io.netty.util.concurrent.EventExecutorGroup;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the index entries that a batch of points needs, all at once, and remembers those that were
 * acknowledged. Called on the task thread; the stages complete on the driver's threads.
 *
 * <p>KairosDB may have deleted an entry that a batch relies on and does not write. Such entries are
 * written once more, {@link #DELAY} to twice as long after the points, many in a request, so that
 * points are found within a minute. What waits for that is lost with the process.
 */
final class IndexWriter {

  /** More than the clocks of a cluster differ; twice as much is less than a minute. */
  private static final Duration DELAY = Duration.ofSeconds(20);

  /**
   * The age at which an entry is written again although it is known to be there, since KairosDB may
   * have deleted it.
   */
  private static final long REFRESH_MILLIS = Duration.ofHours(1).toMillis();

  private static final Logger log = LoggerFactory.getLogger(IndexWriter.class);
  private static final CompletionStage<Void> NOTHING_DUE = CompletableFuture.completedFuture(null);
  private static final int ENTRIES = 3;

  /** Rows of a request: with usual tags below the 5 KiB at which the server warns. */
  private static final int REQUEST_ROWS = 20;

  private final CqlSession session;
  private final IndexStatements statements;
  private final int capacity;
  private final Executor later;
  private final Clock clock;
  private final AtomicLong written = new AtomicLong();

  /** What was relied on since the timer ran, and before that. Guarded by this. */
  private ReliedOn young = new ReliedOn();

  private ReliedOn old = new ReliedOn();
  private boolean timed;

  /** Entries to be written once more. */
  private static final class ReliedOn {
    final Set<RowKey> keys = new LinkedHashSet<>();
    final Set<RowKey.RowTime> rowTimes = new LinkedHashSet<>();

    boolean isEmpty() {
      return rowTimes.isEmpty();
    }
  }

  /**
   * Entries that are written in one go.
   *
   * @param keys row keys of this row time
   * @param shared whether the entries that they share are among them
   */
  private record Request(RowKey.RowTime rowTime, List<RowKey> keys, boolean shared) {}

  /**
   * @param capacity how many row keys may wait to be written once more; others are written with
   *     each batch
   * @param later runs a task after {@link #DELAY}, on any thread
   */
  IndexWriter(
      CqlSession session, IndexStatements statements, int capacity, Executor later, Clock clock) {
    this.session = session;
    this.statements = statements;
    this.capacity = capacity;
    this.later = later;
    this.clock = clock;
  }

  /** On a thread that the session has anyway and takes with it: the JDK's own timer stays. */
  @SuppressWarnings("FutureReturnValueIgnored") // It is never cancelled, and cannot fail.
  static Executor timer(CqlSession session) {
    EventExecutorGroup threads =
        ((InternalDriverContext) session.getContext()).getNettyOptions().adminEventExecutorGroup();
    return task -> threads.schedule(task, DELAY.toSeconds(), TimeUnit.SECONDS);
  }

  /**
   * Writes what the batch needs, and when it is acknowledged, the batch.
   *
   * @param points sends the batch
   */
  <T> CompletionStage<T> before(
      RowKey key, IndexEntry.Demand demand, Supplier<CompletionStage<T>> points) {
    RowKey.RowTime rowTime = key.rowTime();
    // KairosDB lets metric names live for ever.
    IndexEntry.Demand forEver = demand.withoutExpiry();
    boolean keyDue = key.entry().due(demand, hasRoom() ? REFRESH_MILLIS : 0);
    List<CompletableFuture<Void>> writes = new ArrayList<>(ENTRIES);
    if (rowTime.metricName().due(forEver, REFRESH_MILLIS)) {
      writes.add(writeName(rowTime, rowTime.metricName().next(forEver)));
    }
    if (rowTime.entry().due(demand, REFRESH_MILLIS)) {
      writes.add(writeTime(rowTime, rowTime.entry().next(demand)));
    }
    if (keyDue) {
      IndexEntry.Mark mark = key.entry().next(demand);
      writes.add(send(key.entry(), mark, statements.rowKey(key, mark)));
    }
    CompletionStage<Void> indexed =
        writes.isEmpty()
            ? NOTHING_DUE
            : CompletableFuture.allOf(writes.toArray(CompletableFuture[]::new));
    CompletionStage<T> sent = indexed.thenCompose(v -> points.get());
    return writes.size() == ENTRIES
        ? sent
        : sent.thenApply(
            answer -> {
              relyOn(key, !keyDue);
              return answer;
            });
  }

  /** Rows of the index that were acknowledged. */
  long written() {
    return written.get();
  }

  private CompletableFuture<Void> writeName(RowKey.RowTime rowTime, IndexEntry.Mark mark) {
    return send(rowTime.metricName(), mark, List.of(statements.metricName(rowTime.metric(), mark)));
  }

  private CompletableFuture<Void> writeTime(RowKey.RowTime rowTime, IndexEntry.Mark mark) {
    return send(rowTime.entry(), mark, List.of(statements.rowTime(rowTime, mark)));
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

  private synchronized boolean hasRoom() {
    return young.keys.size() + old.keys.size() < capacity;
  }

  private synchronized void relyOn(RowKey key, boolean ofItself) {
    young.rowTimes.add(key.rowTime());
    if (ofItself) {
      young.keys.add(key);
    }
    if (!timed) {
      timed = true;
      later.execute(this::timeUp);
    }
  }

  /** On the timer's thread. */
  private void timeUp() {
    if (session.isClosed()) {
      return;
    }
    ReliedOn due;
    synchronized (this) {
      due = old;
      old = young;
      young = new ReliedOn();
      timed = !old.isEmpty();
      if (timed) {
        later.execute(this::timeUp);
      }
    }
    writeAgain(requests(due));
  }

  private static Queue<Request> requests(ReliedOn due) {
    Map<RowKey.RowTime, List<RowKey>> byRowTime = new LinkedHashMap<>();
    due.rowTimes.forEach(rowTime -> byRowTime.put(rowTime, new ArrayList<>()));
    due.keys.forEach(
        key -> byRowTime.computeIfAbsent(key.rowTime(), unseen -> new ArrayList<>()).add(key));
    Queue<Request> requests = new ArrayDeque<>();
    byRowTime.forEach(
        (rowTime, keys) -> {
          requests.add(new Request(rowTime, List.of(), true));
          for (int from = 0; from < keys.size(); from += REQUEST_ROWS) {
            int to = Math.min(keys.size(), from + REQUEST_ROWS);
            requests.add(new Request(rowTime, keys.subList(from, to), false));
          }
        });
    return requests;
  }

  /** One after the other, so that points in the meantime do not wait for it. */
  private void writeAgain(Queue<Request> requests) {
    Request next = requests.poll();
    if (next == null) {
      return;
    }
    CompletionStage<Void> sent;
    try {
      sent = next.shared() ? sendShared(next.rowTime()) : sendKeys(next.keys());
    } catch (RuntimeException e) {
      // The driver rejects some requests synchronously, such as those on a closed session.
      sent = CompletableFuture.failedFuture(e);
    }
    sent.whenComplete(
        (done, error) -> {
          if (error == null) {
            writeAgain(requests);
          } else {
            log.info(
                "Index rows are written once more later: {}", Failures.unwrap(error).getClass());
            waitOnceMore(next);
            requests.forEach(this::waitOnceMore);
          }
        });
  }

  private void waitOnceMore(Request request) {
    request.keys().forEach(key -> relyOn(key, true));
    if (request.shared()) {
      synchronized (this) {
        young.rowTimes.add(request.rowTime());
      }
    }
  }

  private CompletableFuture<Void> sendShared(RowKey.RowTime rowTime) {
    long now = clock.millis();
    List<CompletableFuture<Void>> writes = new ArrayList<>();
    writes.add(writeName(rowTime, rowTime.metricName().again(now)));
    if (rowTime.entry().livesAt(now)) {
      writes.add(writeTime(rowTime, rowTime.entry().again(now)));
    }
    return CompletableFuture.allOf(writes.toArray(CompletableFuture[]::new));
  }

  /** The rows of {@code row_keys} in one batch, since they are of one partition. */
  private CompletableFuture<Void> sendKeys(List<RowKey> keys) {
    long now = clock.millis();
    Map<RowKey, IndexEntry.Mark> marks = new LinkedHashMap<>();
    List<BoundStatement> rows = new ArrayList<>();
    List<Statement<?>> requests = new ArrayList<>();
    for (RowKey key : keys) {
      if (key.entry().livesAt(now)) {
        IndexEntry.Mark mark = key.entry().again(now);
        marks.put(key, mark);
        List<BoundStatement> each = statements.rowKey(key, mark);
        rows.add(each.get(0));
        requests.addAll(each.subList(1, each.size()));
      }
    }
    int count = rows.size() + requests.size();
    if (!rows.isEmpty()) {
      requests.add(PartitionBatch.of(rows, row -> row));
    }
    return CompletableFuture.allOf(
            requests.stream()
                .map(request -> session.executeAsync(request).toCompletableFuture())
                .toArray(CompletableFuture[]::new))
        .thenRun(
            () -> {
              marks.forEach((key, mark) -> key.entry().acknowledge(mark));
              written.addAndGet(count);
            });
  }
}
