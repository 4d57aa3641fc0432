package io.datapoints.connect.delivery;

import io.datapoints.connect.delivery.pace.InFlightWindow;
import io.datapoints.connect.delivery.pace.Ticker;
import io.datapoints.connect.store.Outcome;
import io.datapoints.connect.store.Store;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
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
  private final PartitionQueue queue;
  private final InFlightWindow window;
  private final BatchOutcomes outcomes;
  private final StoreHealth health;
  private final TaskFailure failure;
  private final Ticker ticker;
  private final BlockingQueue<Completion> completions = new LinkedBlockingQueue<>();

  private boolean opened;
  private boolean wanting;
  private boolean opening;

  /** Since when the store is to be opened, in the engine's milliseconds. */
  private long unopenedSince;

  /** When the store last answered a batch, in the engine's milliseconds. */
  private long answeredAt = Long.MIN_VALUE;

  /** When the latest batch was sent of those that were answered, in the engine's milliseconds. */
  private long answeredSentAt = Long.MIN_VALUE;

  Dispatcher(
      Store store,
      PartitionQueue queue,
      InFlightWindow window,
      BatchOutcomes outcomes,
      StoreHealth health,
      TaskFailure failure,
      Ticker ticker) {
    this.store = store;
    this.queue = queue;
    this.window = window;
    this.outcomes = outcomes;
    this.health = health;
    this.failure = failure;
    this.ticker = ticker;
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

  /** The store lacks something that another attempt to open it may find. */
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

  /**
   * Sends what is due, as far as there is room.
   *
   * @param everything whether what could wait longer is sent as well
   */
  void dispatch(boolean everything) {
    long now = ticker.millis();
    while (opened && !failure.halts() && window.hasRoom(now)) {
      Batch batch = next(now, everything);
      if (batch == null) {
        break;
      }
      send(batch);
    }
    if (!ready()) {
      open(now);
    }
  }

  /**
   * What failed before goes first, having waited longest. While the store as a whole seems to fail,
   * it goes last: it may be the part that is away.
   */
  private @Nullable Batch next(long now, boolean everything) {
    long nowMicros = ticker.micros();
    Batch batch =
        window.failing() ? queue.next(nowMicros, everything) : nextToRepeat(now, nowMicros);
    if (batch == null) {
      batch = window.failing() ? nextToRepeat(now, nowMicros) : queue.next(nowMicros, everything);
    }
    return batch;
  }

  private @Nullable Batch nextToRepeat(long now, long nowMicros) {
    return window.hasRoomToRepeat(now) ? queue.nextToRepeat(nowMicros) : null;
  }

  private void open(long now) {
    if (opening || failure.halts() || !window.hasRoom(now)) {
      return;
    }
    opening = true;
    window.sent(false);
    store.open().whenComplete((outcome, error) -> completed(null, outcome, error));
  }

  private void send(Batch batch) {
    window.sent(batch.repetition());
    store.write(batch.rows()).whenComplete((outcome, error) -> completed(batch, outcome, error));
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
      unanswered(batch, unavailable, now);
      return;
    }
    health.answered(now);
    if (batch == null) {
      window.answered(false);
      opened(outcome);
    } else {
      answeredAt = now;
      answeredSentAt = Math.max(answeredSentAt, batch.sentAt());
      answered(batch, outcome, now);
      outcomes.apply(batch, outcome, completion.atMicros(), now);
    }
  }

  /** Whether the store answered a batch that was sent then or later. */
  boolean answersSince(long then) {
    return answeredSentAt >= then;
  }

  /** When the store last answered a batch, in the engine's milliseconds. */
  long answeredAt() {
    return answeredAt;
  }

  private void answered(Batch batch, Outcome outcome, long now) {
    Outcome.Declined declined = outcomes.nothingTaken(batch, outcome);
    if (declined != null) {
      nothingTaken(batch, declined, now);
    } else if (outcome instanceof Outcome.Declined) {
      // Of a batch to be narrowed, or of a row while others of its table were taken.
      window.ended(batch.repetition());
    } else {
      window.answered(batch.repetition());
    }
  }

  /**
   * A store that goes on declining is given less, as one that is away, though it answers. It may be
   * long until one row is declined for the second time, where so many wait.
   */
  private void nothingTaken(Batch batch, Outcome.Declined declined, long now) {
    window.failed(batch.repetition(), batch.sentAt(), now);
    long since = now - window.failingFor(now);
    if (since < now) {
      health.declined(declined, since, now);
    }
    health.notTaken(since, now, declined.reason(), null);
  }

  private void opened(Outcome outcome) {
    opening = false;
    if (outcome instanceof Outcome.Fatal fatal) {
      health.fatal(fatal);
    } else {
      opened = true;
      wanting = false;
    }
  }

  private void unanswered(@Nullable Batch batch, Outcome.Unavailable unavailable, long now) {
    if (batch == null) {
      window.failed(false, now, now);
    } else if (batch.overtaken()) {
      window.ended(batch.repetition());
    } else {
      window.failed(batch.repetition(), batch.sentAt(), now);
    }
    health.unanswered(unavailable, now);
    long failingFor = window.failingFor(now);
    if (batch == null) {
      opening = false;
      failingFor = Math.max(failingFor, now - unopenedSince);
    } else {
      outcomes.unanswered(batch, unavailable, now);
    }
    health.unansweredFor(failingFor, unavailable);
  }
}
