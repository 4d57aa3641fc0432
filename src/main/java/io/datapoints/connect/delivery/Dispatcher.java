package io.datapoints.connect.delivery;

import io.datapoints.connect.config.RetryConfig;
import io.datapoints.connect.metrics.SinkMetrics;
import io.datapoints.connect.model.Rule;
import io.datapoints.connect.store.Cause;
import io.datapoints.connect.store.Outcome;
import io.datapoints.connect.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.connect.errors.ConnectException;
import org.jspecify.annotations.Nullable;

/**
 * Sends what is due and draws the consequence of each outcome. The driver's threads only put
 * outcomes into a queue, which is bounded by the attempts under way; the task thread takes them
 * out.
 */
final class Dispatcher {

  /**
   * How an attempt ended, and when by the engine's clock; the batch is null for an attempt to open
   * the store.
   */
  private record Completion(@Nullable Batch batch, Outcome outcome, long atMicros) {}

  private final Store store;
  private final RetryConfig retry;
  private final Buffers buffers;
  private final DispatchWindow window;
  private final Backoff backoff;
  private final Receipts receipts;
  private final Holdings holdings;
  private final SinkMetrics metrics;
  private final Failure failure;
  private final Ticker ticker;
  private final OutageLog outages;
  private final TakenRows takenRows = new TakenRows();
  private final BlockingQueue<Completion> completions = new LinkedBlockingQueue<>();

  private boolean opened;
  private boolean wanting;
  private boolean opening;
  private boolean halted;

  /** Since when the store is to be opened, in the engine's milliseconds. */
  private long unopenedSince;

  Dispatcher(
      Store store,
      RetryConfig retry,
      Buffers buffers,
      DispatchWindow window,
      Backoff backoff,
      Receipts receipts,
      Holdings holdings,
      SinkMetrics metrics,
      Failure failure,
      Ticker ticker) {
    this.store = store;
    this.retry = retry;
    this.buffers = buffers;
    this.window = window;
    this.backoff = backoff;
    this.receipts = receipts;
    this.holdings = holdings;
    this.metrics = metrics;
    this.failure = failure;
    this.ticker = ticker;
    this.outages = new OutageLog(ticker.millis());
    this.unopenedSince = ticker.millis();
  }

  /** Whether the store was opened, so that what is planned can be written. */
  boolean opened() {
    return opened;
  }

  /** Whether the store is open for all that it was asked for. */
  boolean ready() {
    return opened && !wanting;
  }

  /** The store lacks something that another attempt to open it will see to. */
  void openAgain() {
    if (!wanting) {
      wanting = true;
      unopenedSince = ticker.millis();
    }
  }

  /** Whether an attempt to open the store is under way. */
  boolean opening() {
    return opening;
  }

  /** Whether nothing is sent any more, since only an operator can help, or the task has ended. */
  boolean halted() {
    return halted;
  }

  void halt() {
    halted = true;
  }

  /** Sends what is due, as far as there is room. */
  void dispatch(boolean everything) {
    long now = ticker.millis();
    while (opened && !halted && window.hasRoom(now)) {
      PartitionBuffer buffer = next(now, everything || holdings.pressing());
      if (buffer == null) {
        break;
      }
      send(buffer);
    }
    if (!ready()) {
      open(now);
    }
  }

  /**
   * What failed before goes first, having waited longest. While the store as a whole seems to fail,
   * it goes last: it may be the part that is away.
   */
  private @Nullable PartitionBuffer next(long now, boolean early) {
    if (window.failing()) {
      PartitionBuffer buffer = buffers.next(now, early);
      return buffer != null ? buffer : nextToRepeat(now);
    }
    PartitionBuffer buffer = nextToRepeat(now);
    return buffer != null ? buffer : buffers.next(now, early);
  }

  private @Nullable PartitionBuffer nextToRepeat(long now) {
    return window.hasRoomToRepeat(now) ? buffers.nextToRepeat(now) : null;
  }

  private void open(long now) {
    if (opening || halted || !window.hasRoom(now)) {
      return;
    }
    opening = true;
    window.sent(false);
    store.open().whenComplete((outcome, error) -> completed(null, outcome, error));
  }

  private void send(PartitionBuffer buffer) {
    PartitionBuffer.Taken taken = buffer.take(ticker.millis());
    Batch batch =
        new Batch(buffer, taken.entries(), taken.bytes(), taken.suspects(), ticker.micros());
    buffer.state = PartitionBuffer.State.IN_FLIGHT;
    window.sent(batch.repetition());
    store
        .write(buffer.partition(), batch.rows())
        .whenComplete((outcome, error) -> completed(batch, outcome, error));
  }

  /** On any thread. */
  private void completed(
      @Nullable Batch batch, @Nullable Outcome outcome, @Nullable Throwable error) {
    completions.add(
        new Completion(
            batch,
            outcome != null
                ? outcome
                : new Outcome.Fatal(
                    "The store failed in a way that it does not know: " + error,
                    error == null ? new IllegalStateException("no outcome") : error),
            ticker.micros()));
  }

  /** Takes in all outcomes there are. */
  void drain() {
    for (Completion next = completions.poll(); next != null; next = completions.poll()) {
      complete(next);
    }
  }

  /** Waits for one outcome at most so long and takes it in. False when none came. */
  boolean await(long millis) {
    Completion first;
    try {
      first = completions.poll(Math.max(0, millis), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
    if (first != null) {
      complete(first);
    }
    return first != null;
  }

  private void complete(Completion completion) {
    long now = ticker.millis();
    Batch batch = completion.batch();
    if (completion.outcome() instanceof Outcome.Unavailable unavailable) {
      unavailable(batch, unavailable, now);
      return;
    }
    metrics.answered();
    outages.answered(now);
    if (batch == null) {
      window.answered(false);
    } else {
      metrics.answeredAfter(completion.atMicros() - batch.sentAtMicros());
      answered(batch, completion.outcome(), now);
    }
    if (completion.outcome() instanceof Outcome.Fatal fatal) {
      fatal(batch, fatal);
    } else if (batch == null) {
      opening = false;
      opened = true;
      wanting = false;
    } else if (completion.outcome() instanceof Outcome.Refused refused) {
      refused(batch, refused);
    } else if (completion.outcome() instanceof Outcome.Declined declined) {
      declined(batch, declined, now);
    } else if (completion.outcome() instanceof Outcome.Mixed mixed) {
      mixed(batch, mixed, now);
    } else {
      durable(batch, now);
    }
  }

  /**
   * A store that goes on declining whatever it is given is left in peace as one that is away,
   * though it answers. It seems to be such a one when it took nothing since it declined the same
   * row last.
   */
  private void answered(Batch batch, Outcome outcome, long now) {
    boolean nothingTaken =
        outcome instanceof Outcome.Mixed mixed
            ? mixed.rows().stream().allMatch(Outcome.Declined.class::isInstance)
            : outcome instanceof Outcome.Declined && batch.entries().size() == 1;
    if (nothingTaken && !othersTaken(batch, batch.entries().get(0))) {
      window.failed(batch.repetition(), batch.sentAt(), now);
    } else {
      window.answered(batch.repetition());
    }
  }

  /** Whether the store took rows of the same table since it declined this one last. */
  private boolean othersTaken(Batch batch, Entry entry) {
    return entry.trial != null
        && takenRows.since(batch.buffer().partition(), entry.trial.lastDeclined());
  }

  private void durable(Batch batch, long now) {
    takenRows.taken(batch);
    metrics.written(batch.entries().size(), batch.bytes());
    batch.entries().forEach(entry -> settle(batch, entry));
    batch.buffer().widen();
    buffers.served(batch.buffer(), now);
  }

  private void unavailable(@Nullable Batch batch, Outcome.Unavailable unavailable, long now) {
    window.failed(batch != null && batch.repetition(), batch == null ? now : batch.sentAt(), now);
    metrics.attemptFailed(unavailable.cause());
    outages.failed(unavailable.reason(), holdings.rows(), now);
    if (batch == null) {
      opening = false;
    } else {
      Trial first = Trial.begun(now);
      long notTakenSince = now;
      for (Entry entry : batch.entries()) {
        notTakenSince = Math.min(notTakenSince, entry.notTaken(first).since());
      }
      failIfNotTakenForLong(notTakenSince, now, unavailable.reason(), unavailable.error());
      batch.buffer().tooMuch(batch.entries().size());
      restore(batch.buffer(), batch.entries());
      buffers.failed(batch.buffer(), now, backoff);
    }
    long failingFor = window.failingFor(now);
    if (batch == null) {
      failingFor = Math.max(failingFor, now - unopenedSince);
    }
    if (isTooLong(failingFor)) {
      giveUp(
          "The store has not answered for longer than retry.timeout.ms: " + unavailable.reason(),
          unavailable.error());
    }
  }

  private boolean isTooLong(long millis) {
    return !retry.timeout().isNegative() && millis > retry.timeout().toMillis();
  }

  /** A row can wait while others are written. */
  private void failIfNotTakenForLong(
      long since, long now, String reason, @Nullable Throwable error) {
    if (isTooLong(now - since)) {
      giveUp("The store has not taken a row for longer than retry.timeout.ms: " + reason, error);
    }
  }

  private void giveUp(String reason, @Nullable Throwable error) {
    halted = true;
    failure.record(new ConnectException(reason, error));
  }

  /**
   * Narrows the batch until the culprit stands alone: then it costs its record, and its neighbours
   * go on.
   */
  private void refused(Batch batch, Outcome.Refused refused) {
    metrics.refused();
    PartitionBuffer buffer = batch.buffer();
    List<Entry> entries = batch.entries();
    buffer.narrow(entries.size());
    if (entries.size() > 1) {
      restore(buffer, entries);
    } else {
      reject(buffer, entries.get(0), refused.reason());
    }
    buffers.refused(buffer);
  }

  /** Narrows the batch until one stands alone, of which what becomes of others tells. */
  private void declined(Batch batch, Outcome.Declined declined, long now) {
    metrics.partlyFailed(declined.cause());
    PartitionBuffer buffer = batch.buffer();
    List<Entry> entries = batch.entries();
    buffer.narrow(entries.size());
    if (entries.size() > 1) {
      restore(buffer, entries);
    } else {
      declined(batch, entries.get(0), declined, now);
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
      failIfNotTakenForLong(trial.since(), now, declined.reason(), null);
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
        failIfNotTakenForLong(since, now, unavailable.reason(), unavailable.error());
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

  private void fatal(@Nullable Batch batch, Outcome.Fatal fatal) {
    halted = true;
    opening = false;
    if (batch != null) {
      batch.buffer().restore(batch.entries());
    }
    failure.record(new ConnectException(fatal.reason(), fatal.cause()));
  }
}
