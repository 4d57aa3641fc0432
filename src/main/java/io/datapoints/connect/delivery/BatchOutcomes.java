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
import java.util.function.BiConsumer;
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
   * and nothing of its table since it declined the same row last. What it says of a batch of
   * several partitions as a whole tells nothing yet.
   */
  Outcome.@Nullable Declined nothingTaken(Batch batch, Outcome outcome) {
    List<Outcome> rows = outcome instanceof Outcome.Mixed mixed ? mixed.rows() : List.of(outcome);
    PartitionRows first = batch.parts().get(0);
    return rows.size() == batch.size()
            && rows.get(0) instanceof Outcome.Declined declined
            && rows.stream().allMatch(Outcome.Declined.class::isInstance)
            && !othersTaken(first, first.entries().get(0))
        ? declined
        : null;
  }

  /** Whether the store took rows of the same table since it declined this one last. */
  private boolean othersTaken(PartitionRows part, BufferedRow entry) {
    if (entry.failures == null) {
      return false;
    }
    Long sent = lastTaken.get(part.buffer().partition().table());
    return sent != null && sent > entry.failures.lastDeclined();
  }

  private void anyTaken(PartitionRows part, long sentAt) {
    lastTaken.merge(part.buffer().partition().table(), sentAt, Math::max);
  }

  /** The store answered a batch at this moment of the engine's clock. */
  void apply(Batch batch, Outcome outcome, long atMicros, long now) {
    metrics.answeredAfter(atMicros - batch.sentAtMicros());
    queue.answered(batch);
    if (outcome instanceof Outcome.Fatal fatal) {
      batch.parts().forEach(part -> part.buffer().restore(part.entries()));
      health.fatal(fatal);
    } else if (outcome instanceof Outcome.Refused refused) {
      metrics.refused();
      narrowed(batch, (part, entry) -> reject(part.buffer(), entry, refused.reason()));
    } else if (outcome instanceof Outcome.Declined declined) {
      metrics.partlyFailed(declined.cause());
      narrowed(batch, (part, entry) -> declined(part, entry, declined, now));
    } else if (outcome instanceof Outcome.Mixed mixed) {
      mixed(batch, mixed, now);
    } else {
      durable(batch, now);
    }
  }

  private void durable(Batch batch, long now) {
    int rows = 0;
    long bytes = 0;
    for (PartitionRows part : batch.parts()) {
      rows += part.entries().size();
      bytes += part.bytes();
    }
    metrics.written(batch.parts().size(), rows, bytes);
    anyTaken(batch.parts().get(0), batch.sentAt());
    for (PartitionRows part : batch.parts()) {
      for (BufferedRow entry : part.entries()) {
        settle(part, entry);
      }
      part.buffer().widen();
      queue.served(part.buffer(), now);
    }
  }

  /** The store did not answer: all rows wait for their next turn, those of each partition alone. */
  void unanswered(Batch batch, Outcome.Unavailable unavailable, long now) {
    RowFailures first = RowFailures.begun(now);
    long notTakenSince = now;
    for (PartitionRows part : batch.parts()) {
      for (BufferedRow entry : part.entries()) {
        notTakenSince = Math.min(notTakenSince, entry.notTaken(first).since());
      }
    }
    health.notTaken(notTakenSince, now, unavailable.reason(), unavailable.error());
    queue.failed(batch, now, backoff);
    for (PartitionRows part : batch.parts()) {
      part.buffer().tooMuch(part.entries().size());
      restore(part.buffer(), part.entries());
      queue.failed(part.buffer(), now, backoff);
    }
  }

  /**
   * Narrows the batch until one row stands alone, so that its neighbours go on: partition by
   * partition first.
   *
   * @param alone takes that row
   */
  private void narrowed(Batch batch, BiConsumer<PartitionRows, BufferedRow> alone) {
    for (PartitionRows part : batch.parts()) {
      PartitionBuffer buffer = part.buffer();
      List<BufferedRow> entries = part.entries();
      if (batch.shared()) {
        restore(buffer, entries);
      } else if (entries.size() > 1) {
        buffer.narrow(entries.size());
        restore(buffer, entries);
      } else {
        buffer.narrow(1);
        alone.accept(part, entries.get(0));
      }
      queue.refused(buffer);
    }
  }

  /** The row waits for its next attempt, or is found to be at fault. */
  private void declined(
      PartitionRows part, BufferedRow entry, Outcome.Declined declined, long now) {
    PartitionBuffer buffer = part.buffer();
    boolean othersTaken = othersTaken(part, entry);
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

  private void settle(PartitionRows part, BufferedRow entry) {
    part.buffer().ended(entry);
    records.settle(entry);
  }

  /**
   * Each row goes its own way: settled, reported, or back into its buffer. That the store answered
   * at all says that it is there, so only buffers with rows to be written again back off.
   */
  private void mixed(Batch batch, Outcome.Mixed mixed, long now) {
    Tally tally = new Tally();
    int first = 0;
    for (PartitionRows part : batch.parts()) {
      int end = first + part.entries().size();
      mixed(part, mixed.rows().subList(first, end), batch.sentAt(), now, tally);
      first = end;
    }
    if (tally.refused) {
      metrics.refused();
    }
    if (tally.rows > 0) {
      metrics.written(tally.partitions, tally.rows, tally.bytes);
    }
    if (tally.cause != null) {
      metrics.partlyFailed(tally.cause);
    }
  }

  /** What became of the rows of a batch, for the metrics. */
  private static final class Tally {
    private int partitions;
    private int rows;
    private long bytes;
    private boolean refused;
    private @Nullable Cause cause;
  }

  private void mixed(
      PartitionRows part, List<Outcome> outcomes, long sentAt, long now, Tally tally) {
    PartitionBuffer buffer = part.buffer();
    List<BufferedRow> unwritten = new ArrayList<>();
    if (outcomes.contains(Outcome.Durable.DURABLE)) {
      anyTaken(part, sentAt);
      tally.partitions++;
    }
    for (int i = 0; i < outcomes.size(); i++) {
      BufferedRow entry = part.entries().get(i);
      Outcome outcome = outcomes.get(i);
      if (outcome instanceof Outcome.Refused refused) {
        tally.refused = true;
        reject(buffer, entry, refused.reason());
      } else if (outcome == Outcome.Durable.DURABLE) {
        settle(part, entry);
        tally.rows++;
        tally.bytes += entry.row.bytes();
      } else if (outcome instanceof Outcome.Declined declined) {
        tally.cause = declined.cause();
      } else if (outcome instanceof Outcome.Unavailable unavailable) {
        tally.cause = unavailable.cause();
        long since = entry.notTaken(RowFailures.begun(now)).since();
        health.notTaken(since, now, unavailable.reason(), unavailable.error());
        unwritten.add(entry);
      }
    }
    restore(buffer, unwritten);
    // After the rows that have to be written again, which may have to wait for a declined one.
    for (int i = 0; i < outcomes.size(); i++) {
      if (outcomes.get(i) instanceof Outcome.Declined declined) {
        declined(part, part.entries().get(i), declined, now);
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
