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
  private final BlockingQueue<Completion> completions = new LinkedBlockingQueue<>();

  private boolean opened;
  private boolean wanting;
  private boolean opening;
  private boolean halted;

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
    wanting = true;
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
    PartitionBuffer.Taken taken = buffer.take();
    Batch batch = new Batch(buffer, taken.entries(), taken.bytes(), ticker.micros());
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
    window.answered(batch != null && batch.repetition());
    metrics.answered();
    if (batch != null) {
      metrics.answeredAfter(completion.atMicros() - batch.sentAtMicros());
    }
    outages.answered(now);
    if (completion.outcome() instanceof Outcome.Fatal fatal) {
      fatal(batch, fatal);
    } else if (batch == null) {
      opening = false;
      opened = true;
      wanting = false;
    } else if (completion.outcome() instanceof Outcome.Refused refused) {
      refused(batch, refused);
    } else if (completion.outcome() instanceof Outcome.Mixed mixed) {
      mixed(batch, mixed, now);
    } else {
      durable(batch, now);
    }
  }

  private void durable(Batch batch, long now) {
    metrics.written(batch.entries().size(), batch.bytes());
    batch.entries().forEach(receipts::settle);
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
      batch.buffer().tooMuch(batch.entries().size());
      restore(batch.buffer(), batch.entries());
      buffers.failed(batch.buffer(), now, backoff);
    }
    long patience = retry.timeout().toMillis();
    if (patience >= 0 && window.failingFor(now) > patience) {
      halted = true;
      failure.record(
          new ConnectException(
              "The store has not answered for longer than retry.timeout.ms: "
                  + unavailable.reason(),
              unavailable.error()));
    }
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
    Cause cause = Cause.OTHER;
    for (int i = 0; i < batch.entries().size(); i++) {
      Entry entry = batch.entries().get(i);
      Outcome outcome = mixed.rows().get(i);
      if (outcome instanceof Outcome.Refused refused) {
        anyRefused = true;
        reject(buffer, entry, refused.reason());
      } else if (outcome == Outcome.Durable.DURABLE) {
        receipts.settle(entry);
        written++;
        bytes += entry.row.bytes();
      } else {
        cause = outcome instanceof Outcome.Unavailable unavailable ? unavailable.cause() : cause;
        unwritten.add(entry);
      }
    }
    if (anyRefused) {
      metrics.refused();
    }
    if (written > 0) {
      metrics.written(written, bytes);
    }
    if (unwritten.isEmpty()) {
      buffers.served(buffer, now);
    } else {
      metrics.partlyFailed(cause);
      restore(buffer, unwritten);
      buffers.failed(buffer, now, backoff);
    }
  }

  /**
   * The row that this one had replaced is good for all that is known, so it is written after all.
   */
  private void reject(PartitionBuffer buffer, Entry culprit, String reason) {
    Entry older = culprit.replaced;
    culprit.replaced = null;
    receipts.reject(culprit.receipt, Rule.STORE_REFUSAL, () -> reason);
    receipts.settle(culprit);
    if (older != null) {
      restore(buffer, List.of(older));
    }
  }

  private void restore(PartitionBuffer buffer, List<Entry> unwritten) {
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
