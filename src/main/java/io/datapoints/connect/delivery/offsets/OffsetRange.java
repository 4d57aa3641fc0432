package io.datapoints.connect.delivery.offsets;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A run of records of one partition, received in one poll. It is done when every one of its records
 * is: written, or reported. Owned by the task thread.
 */
public final class OffsetRange {

  private final long receivedAt;
  private final long first;
  private int outstanding;
  private boolean abandoned;
  private @Nullable List<PendingRecord> rejected;
  private @Nullable List<Future<Void>> reports;

  /**
   * @param receivedAt the engine's clock when it was received, in milliseconds
   * @param first the offset of its first record
   */
  OffsetRange(long receivedAt, long first) {
    this.receivedAt = receivedAt;
    this.first = first;
  }

  void received() {
    outstanding++;
  }

  public void recordDone() {
    outstanding--;
  }

  /** The partition was taken away: its records are another task's now. */
  void abandon() {
    abandoned = true;
  }

  public boolean abandoned() {
    return abandoned;
  }

  /** A bad record of this range waits to be reported. It counts as outstanding until then. */
  void rejected(PendingRecord pending) {
    if (rejected == null) {
      rejected = new ArrayList<>(1);
    }
    rejected.add(pending);
  }

  /** The bad records, once nothing else of this range is outstanding; each is handed out once. */
  List<PendingRecord> takeReportable() {
    if (rejected == null || outstanding > rejected.size()) {
      return List.of();
    }
    return takeRejected();
  }

  /** The bad records that were not reported yet; each is handed out once. */
  List<PendingRecord> takeRejected() {
    List<PendingRecord> taken = rejected == null ? List.of() : rejected;
    rejected = null;
    return taken;
  }

  /** Whether every record is written, or its report is at least under way. */
  boolean settled() {
    return outstanding == 0;
  }

  /** A record of this range was reported; it is done when the report is safe. */
  public void reported(Future<Void> report) {
    if (reports == null) {
      reports = new ArrayList<>(1);
    }
    reports.add(report);
  }

  boolean done() {
    if (outstanding > 0) {
      return false;
    }
    if (reports != null) {
      reports.removeIf(OffsetRange::safe);
      return reports.isEmpty();
    }
    return true;
  }

  /**
   * Waits for reports that are under way.
   *
   * @return whether there was time enough
   */
  boolean awaitReports(long deadlineNanos) throws InterruptedException {
    for (Future<Void> report : reports == null ? List.<Future<Void>>of() : reports) {
      try {
        report.get(Math.max(0, deadlineNanos - System.nanoTime()), TimeUnit.NANOSECONDS);
      } catch (TimeoutException late) {
        return false;
      } catch (ExecutionException | CancellationException failed) {
        // Such a report is never safe, which done() finds out.
      }
    }
    return true;
  }

  /** A report that failed never is: the task fails, and the record is read again. */
  private static boolean safe(Future<Void> report) {
    if (!report.isDone()) {
      return false;
    }
    try {
      report.get();
      return true;
    } catch (ExecutionException | CancellationException failed) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** When it was received, in the engine's milliseconds. */
  long receivedAt() {
    return receivedAt;
  }

  /** The offset of the first record. */
  long first() {
    return first;
  }
}
