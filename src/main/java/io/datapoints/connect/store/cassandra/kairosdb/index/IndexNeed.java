package io.datapoints.connect.store.cassandra.kairosdb.index;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What the points of a request need of the index. */
public final class IndexNeed {

  static final IndexNeed MET = new IndexNeed();

  /** The rows from one up to before another wait for an entry. */
  private record Wait(int from, int to, CompletableFuture<Void> entry) {}

  private final List<Wait> waits = new ArrayList<>(0);

  /** Those that were in force before; of row times it may be the names of their metrics alone. */
  private final List<RowKey> keys = new ArrayList<>(0);

  private final List<RowKey.RowTime> rowTimes = new ArrayList<>(0);

  IndexNeed() {}

  void await(int from, int to, CompletableFuture<Void> entry) {
    waits.add(new Wait(from, to, entry));
  }

  void relyOnRowKey(RowKey key) {
    keys.add(key);
  }

  void relyOnRowTime(RowKey.RowTime rowTime) {
    rowTimes.add(rowTime);
  }

  List<RowKey> keys() {
    return keys;
  }

  List<RowKey.RowTime> rowTimes() {
    return rowTimes;
  }

  /** Whether all of it is in force. */
  public boolean isMet() {
    return waits.isEmpty();
  }

  /** Whether points that were written with it have to be told to {@link IndexWriter#relyOn}. */
  public boolean relies() {
    return !keys.isEmpty() || !rowTimes.isEmpty();
  }

  /**
   * Completes normally once nothing is under way any more.
   *
   * @param rows how many rows the request has
   * @return for each row why its index could not be written, or null; empty where all is in force
   */
  public CompletionStage<List<@Nullable Throwable>> settled(int rows) {
    return CompletableFuture.allOf(
            waits.stream().map(Wait::entry).toArray(CompletableFuture[]::new))
        .handle((all, error) -> error == null ? List.of() : failures(rows));
  }

  private List<@Nullable Throwable> failures(int rows) {
    List<@Nullable Throwable> failures = new ArrayList<>(Collections.nCopies(rows, null));
    for (Wait wait : waits) {
      if (wait.entry().isCompletedExceptionally()) {
        Throwable error = wait.entry().handle((done, failure) -> failure).join();
        Collections.fill(failures.subList(wait.from(), wait.to()), error);
      }
    }
    return failures;
  }
}
