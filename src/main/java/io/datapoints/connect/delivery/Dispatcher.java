package io.datapoints.connect.delivery;

import io.datapoints.connect.config.setting.RetryConfig;
import io.datapoints.connect.delivery.pace.Backoff;
import io.datapoints.connect.delivery.pace.DispatchWindow;
import io.datapoints.connect.delivery.pace.Ticker;
import io.datapoints.connect.metrics.SinkMetrics;
import io.datapoints.connect.store.Outcome;
import io.datapoints.connect.store.Store;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.connect.errors.ConnectException;
import org.jspecify.annotations.Nullable;

/**
 * Opens the store and sends what is due. The driver's threads only put outcomes into a queue, which
 * is bounded by the attempts under way; the task thread takes them out.
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
  private final Holdings holdings;
  private final SinkMetrics metrics;
  private final Failure failure;
  private final Ticker ticker;
  private final OutageLog outages;
  private final BatchOutcomes outcomes;
  private final BlockingQueue<Completion> completions = new LinkedBlockingQueue<>();

  private boolean opened;
  private boolean wanting;
  private boolean opening;

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
    this.holdings = holdings;
    this.metrics = metrics;
    this.failure = failure;
    this.ticker = ticker;
    this.outages = new OutageLog(ticker.millis());
    this.outcomes =
        new BatchOutcomes(retry, buffers, backoff, receipts, holdings, metrics, failure, outages);
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

  /** Sends what is due, as far as there is room. */
  void dispatch(boolean everything) {
    long now = ticker.millis();
    while (opened && !failure.halts() && window.hasRoom(now)) {
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
    if (opening || failure.halts() || !window.hasRoom(now)) {
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
    Outcome outcome = completion.outcome();
    if (outcome instanceof Outcome.Unavailable unavailable) {
      unavailable(batch, unavailable, now);
      return;
    }
    metrics.answered();
    outages.answered(now);
    if (batch == null) {
      window.answered(false);
      opened(outcome);
    } else {
      metrics.answeredAfter(completion.atMicros() - batch.sentAtMicros());
      Outcome.Declined declined = outcomes.nothingTaken(batch, outcome);
      if (declined != null) {
        nothingTaken(batch, declined, now);
      } else if (outcome instanceof Outcome.Declined) {
        // Of a batch to be narrowed, or of a row that others were taken beside.
        window.ended(batch.repetition());
      } else {
        window.answered(batch.repetition());
      }
      outcomes.apply(batch, outcome, now);
    }
  }

  /**
   * A store that goes on declining is left in peace as one that is away, though it answers. It may
   * be long until one row is declined for the second time, where so many wait.
   */
  private void nothingTaken(Batch batch, Outcome.Declined declined, long now) {
    window.failed(batch.repetition(), batch.sentAt(), now);
    long failingFor = window.failingFor(now);
    if (failingFor > 0) {
      outages.declined(declined.reason(), now - failingFor, holdings.rows(), now);
    }
    if (retry.isOver(failingFor)) {
      failure.halt(
          new ConnectException(
              "The store has not taken a row for longer than retry.timeout.ms: "
                  + declined.reason()));
    }
  }

  private void opened(Outcome outcome) {
    opening = false;
    if (outcome instanceof Outcome.Fatal fatal) {
      failure.halt(new ConnectException(fatal.reason(), fatal.cause()));
    } else {
      opened = true;
      wanting = false;
    }
  }

  private void unavailable(@Nullable Batch batch, Outcome.Unavailable unavailable, long now) {
    window.failed(batch != null && batch.repetition(), batch == null ? now : batch.sentAt(), now);
    metrics.attemptFailed(unavailable.cause());
    outages.failed(unavailable.reason(), holdings.rows(), now);
    long failingFor = window.failingFor(now);
    if (batch == null) {
      opening = false;
      failingFor = Math.max(failingFor, now - unopenedSince);
    } else {
      outcomes.unanswered(batch, unavailable, now);
    }
    if (retry.isOver(failingFor)) {
      failure.halt(
          new ConnectException(
              "The store has not answered for longer than retry.timeout.ms: "
                  + unavailable.reason(),
              unavailable.error()));
    }
  }
}
