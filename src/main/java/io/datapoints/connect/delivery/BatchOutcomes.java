package io.datapoints.connect.delivery;

import io.datapoints.connect.delivery.pace.Backoff;
import io.datapoints.connect.metrics.SinkMetrics;
import io.datapoints.connect.model.Rule;
import io.datapoints.connect.store.Cause;
import io.datapoints.connect.store.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Applies each outcome to the rows of its batch: written, reported, or back in the buffer. Owned by
 * the task thread.
 */
final class BatchOutcomes {

  private final PartitionQueue queue;
  private final PendingRecords records;
  private final Backoff backoff;
  private final StoreHealth health;
  private final SinkMetrics metrics;

  /**
   * By table, when the last batch was sent of which the store took anything, in the engine's
   * milliseconds: what tells a row that it declines from a table or a store that it declines.
   */
  private final Map<Object, Long> lastTaken = new HashMap<>();

  BatchOutcomes(
      PartitionQueue queue,
      PendingRecords records,
      Backoff backoff,
      StoreHealth health,
      SinkMetrics metrics) {
    this.queue = queue;
    this.records = records;
    this.backoff = backoff;
    this.health = health;
    this.metrics = metrics;
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
  private boolean othersTaken(Batch batch, BufferedRow entry) {
    if (entry.failures == null) {
      return false;
    }
    Long sent = lastTaken.get(batch.buffer().partition().table());
    return sent != null && sent > entry.failures.lastDeclined();
  }

  private void anyTaken(Batch batch) {
    lastTaken.merge(batch.buffer().partition().table(), batch.sentAt(), Math::max);
  }

  /** The store answered a batch at this moment of the engine's clock. */
  void apply(Batch batch, Outcome outcome, long atMicros, long now) {
    metrics.answeredAfter(atMicros - batch.sentAtMicros());
    if (outcome instanceof Outcome.Fatal fatal) {
      batch.buffer().restore(batch.entries());
      health.fatal(fatal);
    } else if (outcome instanceof Outcome.Refused refused) {
      metrics.refused();
      narrowed(batch, entry -> reject(batch.buffer(), entry, refused.reason()));
    } else if (outcome instanceof Outcome.Declined declined) {
      metrics.partlyFailed(declined.cause());
      narrowed(batch, entry -> declined(batch, entry, declined, now));
    } else if (outcome instanceof Outcome.Mixed mixed) {
      mixed(batch, mixed, now);
    } else {
      durable(batch, now);
    }
  }

  private void durable(Batch batch, long now) {
    anyTaken(batch);
    metrics.written(batch.entries().size(), batch.bytes());
    batch.entries().forEach(entry -> settle(batch, entry));
    batch.buffer().widen();
    queue.served(batch.buffer(), now);
  }

  /** The store did not answer: all rows wait for their next turn. */
  void unanswered(Batch batch, Outcome.Unavailable unavailable, long now) {
    RowFailures first = RowFailures.begun(now);
    long notTakenSince = now;
    for (BufferedRow entry : batch.entries()) {
      notTakenSince = Math.min(notTakenSince, entry.notTaken(first).since());
    }
    health.notTaken(notTakenSince, now, unavailable.reason(), unavailable.error());
    batch.buffer().tooMuch(batch.entries().size());
    restore(batch.buffer(), batch.entries());
    queue.failed(batch.buffer(), now, backoff);
  }

  /**
   * Narrows the batch until one row stands alone, so that its neighbours go on.
   *
   * @param alone takes that row
   */
  private void narrowed(Batch batch, Consumer<BufferedRow> alone) {
    PartitionBuffer buffer = batch.buffer();
    List<BufferedRow> entries = batch.entries();
    buffer.narrow(entries.size());
    if (entries.size() > 1) {
      restore(buffer, entries);
    } else {
      alone.accept(entries.get(0));
    }
    queue.refused(buffer);
  }

  /** The row waits for its next attempt, or is found to be at fault. */
  private void declined(Batch batch, BufferedRow entry, Outcome.Declined declined, long now) {
    PartitionBuffer buffer = batch.buffer();
    boolean othersTaken = othersTaken(batch, entry);
    RowFailures failures = entry.notTaken(RowFailures.begun(now)).declinedAgain(othersTaken, now);
    entry.failures = failures;
    if (entry.pending.range().abandoned()) {
      restore(buffer, List.of(entry));
    } else if (failures.rowIsAtFault(now)) {
      reject(
          buffer,
          entry,
          declined.reason()
              + ": the store declined it %d times".formatted(failures.declined())
              + ", and took other rows meanwhile");
    } else {
      buffer.declined(entry, now + backoff.delay(failures.declined()));
      if (!othersTaken && failures.declined() > 1) {
        health.declined(declined, failures.since(), now);
      }
      health.notTaken(failures.since(), now, declined.reason(), null);
    }
  }

  private void settle(Batch batch, BufferedRow entry) {
    batch.buffer().ended(entry);
    records.settle(entry);
  }

  /**
   * Each row goes its own way: settled, reported, or back into the buffer. That the store answered
   * at all says that it is there, so only this buffer backs off.
   */
  private void mixed(Batch batch, Outcome.Mixed mixed, long now) {
    PartitionBuffer buffer = batch.buffer();
    List<BufferedRow> unwritten = new ArrayList<>();
    int written = 0;
    long bytes = 0;
    boolean anyRefused = false;
    @Nullable Cause cause = null;
    if (mixed.rows().contains(Outcome.Durable.DURABLE)) {
      anyTaken(batch);
    }
    for (int i = 0; i < batch.entries().size(); i++) {
      BufferedRow entry = batch.entries().get(i);
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
        long since = entry.notTaken(RowFailures.begun(now)).since();
        health.notTaken(since, now, unavailable.reason(), unavailable.error());
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
      queue.served(buffer, now);
    } else {
      queue.failed(buffer, now, backoff);
    }
  }

  /** The row that this one had replaced may well be good, so it is written after all. */
  private void reject(PartitionBuffer buffer, BufferedRow entry, String reason) {
    BufferedRow older = entry.replaced;
    entry.replaced = null;
    buffer.ended(entry);
    records.reject(entry.pending, Rule.STORE_REFUSAL, () -> reason);
    records.settle(entry);
    if (older != null) {
      restore(buffer, List.of(older));
    }
  }

  private void restore(PartitionBuffer buffer, List<BufferedRow> unwritten) {
    if (unwritten.isEmpty()) {
      return;
    }
    buffer.restore(unwritten);
    records.settleAll(buffer.removeIf(entry -> entry.pending.range().abandoned()));
  }
}
