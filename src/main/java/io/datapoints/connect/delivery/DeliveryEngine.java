package io.datapoints.connect.delivery;

import io.datapoints.connect.config.setting.BatchingConfig;
import io.datapoints.connect.config.setting.RetryConfig;
import io.datapoints.connect.delivery.offsets.OffsetLedger;
import io.datapoints.connect.delivery.offsets.PendingRecord;
import io.datapoints.connect.delivery.pace.Backoff;
import io.datapoints.connect.delivery.pace.InFlightWindow;
import io.datapoints.connect.delivery.pace.Ticker;
import io.datapoints.connect.errors.ErrantRecords;
import io.datapoints.connect.metrics.SinkMetrics;
import io.datapoints.connect.model.RecordOrigin;
import io.datapoints.connect.store.Store;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * Carries rows from records to a store and knows which offsets are safe. Everything happens on the
 * task thread, in {@link #tick}, which never waits, and in {@link #flush}, which waits for a
 * bounded time.
 */
public final class DeliveryEngine implements AutoCloseable {

  /**
   * How soon to look again while batches wait for the acknowledgement of others, in milliseconds.
   */
  private static final long BUSY_TICK = 2;

  /** How soon to look again while the store is being opened, in milliseconds. */
  private static final long OPENING_TICK = 20;

  /**
   * How soon to look again while batches or dead letters are under way and nothing else is to be
   * done, in milliseconds. Without it, and without new records, Connect polls until its next
   * commit: an acknowledgement would go unseen for so long, and a failed batch would wait.
   */
  private static final long IN_FLIGHT_TICK = 500;

  /** A flush waits while the store fails now and then, but not while it is away. */
  private static final int ROUNDS_UNTIL_AWAY = 3;

  /**
   * The part of its time that a flush waits for a part of the store that may be away: what comes
   * for the rest is not taken meanwhile.
   */
  private static final int SHARE_FOR_SILENCE = 4;

  private final Store store;
  private final BatchingConfig batching;
  private final SinkMetrics metrics;
  private final Ticker ticker;
  private final OffsetLedger ledger;
  private final TaskFailure failure = new TaskFailure();
  private final BufferUsage usage;
  private final PartitionQueue queue;
  private final InFlightWindow window;
  private final PendingRecords records;
  private final Dispatcher dispatcher;

  private boolean full;

  /** An engine of one task; {@link #start} comes first. */
  public DeliveryEngine(
      Store store,
      BatchingConfig batching,
      RetryConfig retry,
      ErrantRecords errants,
      SinkMetrics metrics,
      Ticker ticker,
      RandomGenerator random) {
    this.store = store;
    this.batching = batching;
    this.metrics = metrics;
    this.ticker = ticker;
    Backoff backoff = new Backoff(retry, random);
    this.ledger = new OffsetLedger();
    this.usage = new BufferUsage(batching);
    this.queue = new PartitionQueue(store, batching, usage);
    this.window = new InFlightWindow(batching.maxInFlightBatches(), backoff);
    this.records = new PendingRecords(ledger, usage, errants, metrics, failure);
    StoreHealth health = new StoreHealth(retry, usage, metrics, failure, ticker.millis());
    BatchOutcomes outcomes = new BatchOutcomes(queue, records, backoff, health, metrics);
    this.dispatcher = new Dispatcher(store, queue, window, outcomes, health, failure, ticker);
  }

  /**
   * Opens the store, and waits a while for it. A store that cannot be reached is tried again on
   * later ticks.
   *
   * @throws org.apache.kafka.connect.errors.ConnectException when only an operator can help
   */
  public void start(Duration patience) {
    tick();
    if (dispatcher.opening()) {
      dispatcher.await(patience.toMillis());
    }
    failure.throwIfAny();
  }

  /** Whether records can be taken: the store is open for them. */
  public boolean ready() {
    return dispatcher.ready();
  }

  /**
   * Whether records of this topic can be entered. Where not, the store is opened again for it, and
   * the engine is not {@link #ready} until then.
   */
  public boolean covers(String topic) {
    if (store.covers(topic)) {
      return true;
    }
    dispatcher.openAgain();
    return false;
  }

  /**
   * Enters a record. The samples in it are given to the sink, which must be ended.
   *
   * @param receivedAt from when on its age counts, in the ticker's milliseconds
   */
  public RecordSink begin(SinkRecord record, long receivedAt) {
    RecordOrigin origin =
        new RecordOrigin(
            record.originalTopic(),
            record.originalKafkaPartition(),
            record.originalKafkaOffset(),
            record.timestamp() == null ? RecordOrigin.NO_TIMESTAMP : record.timestamp());
    PendingRecord pending = records.open(record, origin, receivedAt);
    return new RecordSink(store, queue, records, pending, origin, ticker.millis());
  }

  /** The records of a poll have all been entered. */
  public void pollEnded() {
    ledger.pollEnded();
  }

  /** Takes in what was acknowledged and sends what is due; never waits. */
  public void tick() {
    tick(false);
  }

  private void tick(boolean everything) {
    dispatcher.drain();
    dispatcher.dispatch(everything);
    records.report();
    full = usage.full();
    metrics.held(usage.rows(), usage.bytes(), window.inFlight());
  }

  /**
   * Updates the metrics that are not counted on the way; once after each poll and flush.
   *
   * @param earliest when the first record was received that is not entered yet, in the ticker's
   *     milliseconds, or {@link Long#MAX_VALUE} for none
   */
  public void updateMetrics(long earliest) {
    long oldest = Math.min(earliest, ledger.oldestReceipt());
    metrics.oldestUnwritten(oldest == OffsetLedger.NOTHING ? -1 : ticker.millis() - oldest);
    metrics.paused(full() || earliest != Long.MAX_VALUE);
    metrics.store(store.metrics());
  }

  /** Whether no more records should be fetched for now. */
  public boolean full() {
    return full || !dispatcher.ready();
  }

  /** Whether one more record may be entered, which may have many rows. */
  public boolean hasRoom() {
    full = usage.full();
    return !full();
  }

  /**
   * Counts the records that wait to be entered with what is held.
   *
   * @param bytes what they hold in memory
   */
  public void waiting(long bytes) {
    usage.waiting(bytes);
    metrics.held(usage.rows(), usage.bytes(), window.inFlight());
  }

  /**
   * Throws the first failure that ends the task.
   *
   * @throws org.apache.kafka.connect.errors.ConnectException when only an operator can help
   */
  public void throwFailure() {
    failure.throwIfAny();
  }

  /**
   * How many milliseconds may pass before the next tick if no record comes; negative for any time.
   */
  public long idleMillis() {
    if (dispatcher.opening()) {
      return OPENING_TICK;
    }
    if (usage.anyWaiting() && !full()) {
      return BUSY_TICK;
    }
    if (window.inFlight() > 0 && (full || queue.anyReady())) {
      return BUSY_TICK;
    }
    long due = nextAttempt();
    boolean awaiting = window.inFlight() > 0 || records.reporting();
    if (due == Long.MAX_VALUE) {
      return awaiting ? IN_FLIGHT_TICK : -1;
    }
    long idle = Math.max(BUSY_TICK, due - ticker.millis());
    return awaiting ? Math.min(IN_FLIGHT_TICK, idle) : idle;
  }

  /** When the next attempt can be made; far in the future when there is nothing to send. */
  private long nextAttempt() {
    long due = queue.anyReady() || !dispatcher.ready() ? Long.MIN_VALUE : queue.nextDue();
    return window.nextAttempt(due, queue.nextRepetition());
  }

  /**
   * Sends everything and waits for the acknowledgements, up to the flush timeout and while the
   * store answers. Once it answers what is sent now, a quarter of that time is enough for the next
   * answer, as it is for what failed before. Never throws for what happens at the store; that is
   * kept for the next put.
   */
  public void flush() {
    long begin = ticker.millis();
    long deadline = begin + batching.flushTimeout().toMillis();
    tick(true);
    while (waitingHelps()) {
      long until = Math.min(deadline, silentUntil(begin));
      if (ticker.millis() >= until) {
        break;
      }
      boolean answered = dispatcher.await(patience(until));
      if (!answered && Thread.currentThread().isInterrupted()) {
        return;
      }
      tick(true);
    }
    ledger.awaitReports(Duration.ofMillis(Math.max(0, deadline - ticker.millis())));
  }

  private boolean waitingHelps() {
    return dispatcher.opened()
        && !failure.halts()
        && window.failedRounds() < ROUNDS_UNTIL_AWAY
        && (window.inFlight() > 0 || queue.anyWaiting());
  }

  /** Until when a flush that began then waits for the next answer. */
  private long silentUntil(long begin) {
    long share = Math.max(1, batching.flushTimeout().toMillis() / SHARE_FOR_SILENCE);
    if (repetitionsOnly()) {
      return begin + share;
    }
    return dispatcher.answersSince(begin) ? dispatcher.answeredAt() + share : Long.MAX_VALUE;
  }

  /** Whether all that is under way or waits failed before. */
  private boolean repetitionsOnly() {
    return window.onlyRepetitions() && !queue.anyFresh();
  }

  /** Until the deadline while an outcome can come; else until the next attempt can be made. */
  private long patience(long deadline) {
    long now = ticker.millis();
    long until =
        window.inFlight() > 0 ? deadline : Math.min(deadline, Math.max(now + 1, nextAttempt()));
    return until - now;
  }

  /**
   * The offsets that may be committed.
   *
   * @param delivered the next offset to read, by partition, of the puts that returned
   */
  public Map<TopicPartition, OffsetAndMetadata> durableOffsets(
      Map<TopicPartition, OffsetAndMetadata> delivered) {
    return ledger.durableOffsets(delivered);
  }

  /** Releases partitions that another task may own by now: what still waits for them is dropped. */
  public void closePartitions(Collection<TopicPartition> partitions) {
    records.close(partitions);
    records.settleAll(queue.removeIf(entry -> entry.pending.range().abandoned()));
  }

  /** Drops what is held and closes the store. */
  @Override
  public void close() {
    failure.halt();
    store.close();
  }
}
