package io.datapoints.connect.delivery;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * A run of records of one partition, received in one poll. It is done when every one of its records
 * is: written, or reported. Owned by the task thread.
 */
final class Span {

  private final long first;
  private long next;
  private int outstanding;
  private boolean abandoned;
  private @Nullable List<Future<Void>> reports;

  Span(long first) {
    this.first = first;
    this.next = first;
  }

  void received(long offset) {
    next = offset + 1;
    outstanding++;
  }

  void recordDone() {
    outstanding--;
  }

  /** The partition was taken away: its records are another task's now. */
  void abandon() {
    abandoned = true;
  }

  boolean abandoned() {
    return abandoned;
  }

  /** A record of this span was reported; it is done when the report is safe. */
  void reported(Future<Void> report) {
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
      reports.removeIf(Span::safe);
      return reports.isEmpty();
    }
    return true;
  }

  /**
   * A report that failed never is: the framework, which waits for the same future, fails the task.
   */
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

  /** The offset of the first record. */
  long first() {
    return first;
  }

  /** The offset after the last record. */
  long next() {
    return next;
  }
}
