package io.datapoints.connect.delivery;

import io.datapoints.connect.config.setting.RetryConfig;
import io.datapoints.connect.delivery.pace.Backoff;
import io.datapoints.connect.metrics.SinkMetrics;
import io.datapoints.connect.model.Rule;
import io.datapoints.connect.store.Cause;
import io.datapoints.connect.store.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.connect.errors.ConnectException;
import org.jspecify.annotations.Nullable;

/**
 * Draws the consequence of each outcome for the rows of its batch: written, reported, or back in
 * the buffer. Owned by the task thread.
 */
final class BatchOutcomes {

  private final RetryConfig retry;
  private final Buffers buffers;
  private final Backoff backoff;
  private final Receipts receipts;
  private final Holdings holdings;
  private final SinkMetrics metrics;
  private final Failure failure;
  private final OutageLog outages;
  private final TakenRows takenRows = new TakenRows();

  BatchOutcomes(
      RetryConfig retry,
      Buffers buffers,
      Backoff backoff,
      Receipts receipts,
      Holdings holdings,
      SinkMetrics metrics,
      Failure failure,
      OutageLog outages) {
    this.retry = retry;
    this.buffers = buffers;
    this.backoff = backoff;
    this.receipts = receipts;
    this.holdings = holdings;
    this.metrics = metrics;
    this.failure = failure;
    this.outages = outages;
  }

  /**
   * What the store says if it seems to decline whatever it is given: it took nothing of this batch,
   * and nothing of its table since it declined the same row last.
   */
  Outcome.@Nullable Declined nothingTaken(Batch batch, Outcome outcome) {
    List<Outcome> rows = outcome instanceof Outcome.Mixed mixed ? mixed.rows() : List.of(outcome);
    return rows.size() == batch.entries().size()
            && rows.get(0) instanceof Outcome.Declined first
            && rows.stream().allMatch(Outcome.Declined.class::isInstance)
            && !othersTaken(batch, batch.entries().get(0))
        ? first
        : null;
  }

  /** Whether the store took rows of the same table since it declined this one last. */
  private boolean othersTaken(Batch batch, Entry entry) {
    return entry.trial != null
        && takenRows.since(batch.buffer().partition(), entry.trial.lastDeclined());
  }

  /** The store answered. */
  void apply(Batch batch, Outcome outcome, long now) {
    if (outcome instanceof Outcome.Fatal fatal) {
      batch.buffer().restore(batch.entries());
      failure.halt(new ConnectException(fatal.reason(), fatal.cause()));
    } else if (outcome instanceof Outcome.Refused refused) {
      metrics.refused();
      narrowed(batch, culprit -> reject(batch.buffer(), culprit, refused.reason()));
    } else if (outcome instanceof Outcome.Declined declined) {
      metrics.partlyFailed(declined.cause());
      narrowed(batch, suspect -> declined(batch, suspect, declined, now));
    } else if (outcome instanceof Outcome.Mixed mixed) {
      mixed(batch, mixed, now);
    } else {
      durable(batch, now);
    }
  }

  private void durable(Batch batch, long now) {
    takenRows.taken(batch);
    metrics.written(batch.entries().size(), batch.bytes());
    batch.entries().forEach(entry -> settle(batch, entry));
    batch.buffer().widen();
    buffers.served(batch.buffer(), now);
  }

  /** The store did not answer: all rows wait for their next turn. */
  void unanswered(Batch batch, Outcome.Unavailable unavailable, long now) {
    Trial first = Trial.begun(now);
    long notTakenSince = now;
    for (Entry entry : batch.entries()) {
      notTakenSince = Math.min(notTakenSince, entry.notTaken(first).since());
    }
    haltIfNotTakenForLong(notTakenSince, now, unavailable.reason(), unavailable.error());
    batch.buffer().tooMuch(batch.entries().size());
    restore(batch.buffer(), batch.entries());
    buffers.failed(batch.buffer(), now, backoff);
  }

  /** A row can wait while others are written. */
  private void haltIfNotTakenForLong(
      long since, long now, String reason, @Nullable Throwable error) {
    if (retry.isOver(now - since)) {
      failure.halt(
          new ConnectException(
              "The store has not taken a row for longer than retry.timeout.ms: " + reason, error));
    }
  }

  /**
   * Narrows the batch until one row stands alone, so that its neighbours go on.
   *
   * @param alone takes that row
   */
  private void narrowed(Batch batch, Consumer<Entry> alone) {
    PartitionBuffer buffer = batch.buffer();
    List<Entry> entries = batch.entries();
    buffer.narrow(entries.size());
    if (entries.size() > 1) {
      restore(buffer, entries);
    } else {
      alone.accept(entries.get(0));
    }
    buffers.refused(buffer);
  }

  /** The row waits for its next attempt, or is found to be at fault. */
  private void declined(Batch batch, Entry entry, Outcome.Declined declined, long now) {
    PartitionBuffer buffer = batch.buffer();
    boolean othersTaken = othersTaken(batch, entry);
    Trial trial = entry.notTaken(Trial.begun(now)).again(othersTaken, now);
    entry.trial = trial;
    if (entry.receipt.span().abandoned()) {
      restore(buffer, List.of(entry));
    } else if (trial.isOver(now)) {
      reject(
          buffer,
          entry,
          declined.reason()
              + ": the store declined it %d times".formatted(trial.declined())
              + ", and took other rows meanwhile");
    } else {
      buffer.declined(entry, now + backoff.delay(trial.declined()));
      if (!othersTaken && trial.declined() > 1) {
        outages.declined(declined.reason(), trial.since(), holdings.rows(), now);
      }
      haltIfNotTakenForLong(trial.since(), now, declined.reason(), null);
    }
  }

  private void settle(Batch batch, Entry entry) {
    batch.buffer().ended(entry);
    receipts.settle(entry);
  }

  /**
   * Each row goes its own way: settled, reported, or back into the buffer. That the store answered
   * at all says that it is there, so only this buffer backs off.
   */
  private void mixed(Batch batch, Outcome.Mixed mixed, long now) {
    PartitionBuffer buffer = batch.buffer();
    List<Entry> unwritten = new ArrayList<>();
    int written = 0;
    long bytes = 0;
    boolean anyRefused = false;
    @Nullable Cause cause = null;
    if (mixed.rows().contains(Outcome.Durable.DURABLE)) {
      takenRows.taken(batch);
    }
    for (int i = 0; i < batch.entries().size(); i++) {
      Entry entry = batch.entries().get(i);
      Outcome outcome = mixed.rows().get(i);
      if (outcome instanceof Outcome.Refused refused) {
        anyRefused = true;
        reject(buffer, entry, refused.reason());
      } else if (outcome == Outcome.Durable.DURABLE) {
        settle(batch, entry);
        written++;
        bytes += entry.row.bytes();
      } else if (outcome instanceof Outcome.Declined declined) {
        cause = declined.cause();
      } else if (outcome instanceof Outcome.Unavailable unavailable) {
        cause = unavailable.cause();
        long since = entry.notTaken(Trial.begun(now)).since();
        haltIfNotTakenForLong(since, now, unavailable.reason(), unavailable.error());
        unwritten.add(entry);
      }
    }
    if (anyRefused) {
      metrics.refused();
    }
    if (written > 0) {
      metrics.written(written, bytes);
    }
    if (cause != null) {
      metrics.partlyFailed(cause);
    }
    restore(buffer, unwritten);
    // After the rows that have to be written again, which may have to wait for a declined one.
    for (int i = 0; i < batch.entries().size(); i++) {
      if (mixed.rows().get(i) instanceof Outcome.Declined declined) {
        declined(batch, batch.entries().get(i), declined, now);
      }
    }
    if (unwritten.isEmpty()) {
      buffers.served(buffer, now);
    } else {
      buffers.failed(buffer, now, backoff);
    }
  }

  /**
   * The row that this one had replaced is good for all that is known, so it is written after all.
   */
  private void reject(PartitionBuffer buffer, Entry culprit, String reason) {
    Entry older = culprit.replaced;
    culprit.replaced = null;
    buffer.ended(culprit);
    receipts.reject(culprit.receipt, Rule.STORE_REFUSAL, () -> reason);
    receipts.settle(culprit);
    if (older != null) {
      restore(buffer, List.of(older));
    }
  }

  private void restore(PartitionBuffer buffer, List<Entry> unwritten) {
    if (unwritten.isEmpty()) {
      return;
    }
    buffer.restore(unwritten);
    receipts.settleAll(buffer.removeIf(entry -> entry.receipt.span().abandoned()));
  }
}
