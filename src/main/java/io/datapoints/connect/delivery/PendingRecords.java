package io.datapoints.connect.delivery;

import io.datapoints.connect.delivery.offsets.OffsetLedger;
import io.datapoints.connect.delivery.offsets.OffsetRange;
import io.datapoints.connect.delivery.offsets.PendingRecord;
import io.datapoints.connect.errors.ErrantRecords;
import io.datapoints.connect.metrics.SinkMetrics;
import io.datapoints.connect.model.RecordOrigin;
import io.datapoints.connect.model.Rule;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * Follows each record from its receipt to its end: durable, or reported and durable as far as it is
 * good. Owned by the task thread.
 */
final class PendingRecords {

  private final OffsetLedger ledger;
  private final BufferUsage usage;
  private final ErrantRecords errants;
  private final SinkMetrics metrics;
  private final TaskFailure failure;

  /** Reports under way, in the order in which they were made. The worker's producer bounds them. */
  private final Queue<Report> reports = new ArrayDeque<>();

  private record Report(OffsetRange range, Future<Void> sent) {}

  PendingRecords(
      OffsetLedger ledger,
      BufferUsage usage,
      ErrantRecords errants,
      SinkMetrics metrics,
      TaskFailure failure) {
    this.ledger = ledger;
    this.usage = usage;
    this.errants = errants;
    this.metrics = metrics;
    this.failure = failure;
  }

  PendingRecord open(SinkRecord record, RecordOrigin origin, long receivedAt) {
    OffsetRange range =
        ledger.received(origin.topic(), origin.partition(), origin.offset(), receivedAt);
    PendingRecord pending = new PendingRecord(record, range, RecordSize.of(record));
    usage.hold(pending);
    return pending;
  }

  /** A part of a record is bad. */
  void reject(PendingRecord pending, Rule rule, Supplier<String> reason) {
    metrics.broken(rule);
    if (!pending.rejected()) {
      metrics.rejected();
    }
    pending.reject(reason);
  }

  /** There is nothing to write of a part of a record: its time to live is over. */
  void expired() {
    metrics.expired();
  }

  /** A part of a record says nothing to store. */
  void skipped() {
    metrics.skipped();
  }

  /** A row could not be queued, so its record would never settle, and its offset never move. */
  void stuck(RuntimeException bug) {
    failure.record(
        new ConnectException("A row cannot be buffered: unexpected " + bug.getClass().getName()));
  }

  /** A row and the older ones behind it have come to their end. */
  void settle(BufferedRow entry) {
    for (BufferedRow next = entry; next != null; next = next.replaced) {
      usage.release(next);
      settle(next.pending);
    }
  }

  /** Rows that will not be written, since their partitions belong to another task. */
  void settleAll(List<BufferedRow> entries) {
    entries.forEach(this::settle);
  }

  /** One claim on a record is settled. A bad record then waits for its turn to be reported. */
  void settle(PendingRecord pending) {
    if (!pending.settle()) {
      return;
    }
    if (pending.rejected() && !pending.range().abandoned()) {
      ledger.rejected(pending);
    } else {
      usage.release(pending);
      pending.range().recordDone();
    }
  }

  /** Reports the bad records whose turn it is; after one that cannot be reported, no other. */
  void report() {
    ledger.takeReportable(this::report);
    for (Report next = reports.peek();
        next != null && next.sent().isDone();
        next = reports.peek()) {
      reports.remove();
      ended(next);
    }
  }

  private void report(PendingRecord pending) {
    usage.release(pending);
    if (failure.recorded()) {
      return;
    }
    try {
      Future<Void> sent = errants.report(pending.record(), pending.reasons());
      pending.range().reported(sent);
      pending.range().recordDone();
      reports.add(new Report(pending.range(), sent));
      metrics.reported();
    } catch (ConnectException unreported) {
      failure.record(unreported);
    } catch (RuntimeException unexpected) {
      // Thrown from a commit, it would make the framework read everything again, for ever.
      failure.record(new ConnectException("A bad record cannot be reported", unexpected));
    }
  }

  /** A report that failed was another task's to make, if its partition was taken away meanwhile. */
  private void ended(Report report) {
    try {
      report.sent().get();
    } catch (ExecutionException | CancellationException failed) {
      if (!report.range().abandoned()) {
        failure.record(
            failed.getCause() instanceof ConnectException lost
                ? lost
                : new ConnectException("A bad record was not reported", failed));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether the outcome of a report is still awaited. */
  boolean reporting() {
    return !reports.isEmpty();
  }

  /** Releases partitions that were taken away. */
  void close(Collection<TopicPartition> partitions) {
    ledger.close(partitions, usage::release);
  }
}
