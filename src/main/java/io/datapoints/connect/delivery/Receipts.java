package io.datapoints.connect.delivery;

import io.datapoints.connect.delivery.offsets.OffsetLedger;
import io.datapoints.connect.delivery.offsets.Receipt;
import io.datapoints.connect.delivery.offsets.Span;
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
 * good.
 */
final class Receipts {

  private final OffsetLedger ledger;
  private final Holdings holdings;
  private final ErrantRecords errants;
  private final SinkMetrics metrics;
  private final Failure failure;

  /** Reports under way, in the order in which they were made. The worker's producer bounds them. */
  private final Queue<Report> reports = new ArrayDeque<>();

  private record Report(Span span, Future<Void> sent) {}

  Receipts(
      OffsetLedger ledger,
      Holdings holdings,
      ErrantRecords errants,
      SinkMetrics metrics,
      Failure failure) {
    this.ledger = ledger;
    this.holdings = holdings;
    this.errants = errants;
    this.metrics = metrics;
    this.failure = failure;
  }

  Receipt open(SinkRecord record, RecordOrigin origin, long receivedAt) {
    Span span = ledger.received(origin.topic(), origin.partition(), origin.offset(), receivedAt);
    Receipt receipt = new Receipt(record, span, RecordSize.of(record));
    holdings.hold(receipt);
    return receipt;
  }

  /** A part of a record is bad. */
  void reject(Receipt receipt, Rule rule, Supplier<String> reason) {
    metrics.broken(rule);
    if (!receipt.rejected()) {
      metrics.rejected();
    }
    receipt.reject(reason);
  }

  /** A row and the older ones behind it have come to their end. */
  void settle(Entry entry) {
    for (Entry next = entry; next != null; next = next.replaced) {
      holdings.release(next);
      settle(next.receipt);
    }
  }

  /** Rows that will not be written, since their partitions are another task's. */
  void settleAll(List<Entry> entries) {
    entries.forEach(this::settle);
  }

  /** One claim on a record is settled. A bad record then waits for its turn to be reported. */
  void settle(Receipt receipt) {
    if (!receipt.settle()) {
      return;
    }
    if (receipt.rejected() && !receipt.span().abandoned()) {
      ledger.rejected(receipt);
    } else {
      holdings.release(receipt);
      receipt.span().recordDone();
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

  private void report(Receipt receipt) {
    holdings.release(receipt);
    if (failure.recorded()) {
      return;
    }
    try {
      Future<Void> sent = errants.report(receipt.record(), receipt.reasons());
      receipt.span().reported(sent);
      receipt.span().recordDone();
      reports.add(new Report(receipt.span(), sent));
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
      if (!report.span().abandoned()) {
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

  /** Lets go of partitions that were taken away. */
  void close(Collection<TopicPartition> partitions) {
    ledger.close(partitions, holdings::release);
  }
}
