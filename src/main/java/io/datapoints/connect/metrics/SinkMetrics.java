package io.datapoints.connect.metrics;

import io.datapoints.connect.model.Rule;
import io.datapoints.connect.store.Cause;
import io.datapoints.connect.store.StoreMetrics;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** The metrics of one task. Written by the task thread alone, read by any. */
public final class SinkMetrics {

  /** Stands for no instant of the nano clock. */
  private static final long NONE = Long.MIN_VALUE;

  private final Clock clock;
  private final LongSupplier nanoTime;
  private final Map<Metric, AtomicLong> values = new EnumMap<>(Metric.class);
  private final Map<Rule, AtomicLong> rejections = new EnumMap<>(Rule.class);
  private final Map<Cause, AtomicLong> retries = new EnumMap<>(Cause.class);
  private final RecentWrites recent;
  private volatile long unavailableSince = NONE;
  private volatile long oldestUnwrittenSince = NONE;

  /**
   * StoreMetrics of a task that starts now.
   *
   * @param clock for instants
   * @param nanoTime for intervals, as {@link System#nanoTime}
   */
  public SinkMetrics(Clock clock, LongSupplier nanoTime) {
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.recent = new RecentWrites(nanoTime.getAsLong());
    for (Metric metric : Metric.values()) {
      values.put(metric, new AtomicLong());
    }
    for (Rule rule : Rule.values()) {
      rejections.put(rule, new AtomicLong());
    }
    for (Cause cause : Cause.values()) {
      retries.put(cause, new AtomicLong());
    }
    set(Metric.START_TIME_MS, clock.millis());
  }

  /** StoreMetrics by the clocks of the machine. */
  public static SinkMetrics system() {
    return new SinkMetrics(Clock.systemUTC(), System::nanoTime);
  }

  /**
   * So many records came. Where none was held before, they are the oldest until {@link
   * #oldestUnwritten} says otherwise, which it cannot while the task thread hangs on one of them.
   */
  public void received(int records) {
    add(Metric.RECORDS_RECEIVED_TOTAL, records);
    if (records > 0 && oldestUnwrittenSince == NONE) {
      oldestUnwrittenSince = nanoTime.getAsLong();
    }
  }

  /** A part of a record broke a rule. */
  public void broken(Rule rule) {
    add(counter(rejections, rule), 1);
  }

  /** A record turned out to be bad. */
  public void rejected() {
    add(Metric.RECORDS_REJECTED_TOTAL, 1);
  }

  /** A bad record was handed on, or skipped where that is the policy. */
  public void reported() {
    add(Metric.RECORDS_REPORTED_TOTAL, 1);
  }

  /**
   * A batch, or a part of one, is durable.
   *
   * @param partitions of its durable rows
   */
  public void written(int partitions, int rows, long bytes) {
    add(Metric.PARTITIONS_WRITTEN_TOTAL, partitions);
    add(Metric.ROWS_WRITTEN_TOTAL, rows);
    add(Metric.BYTES_WRITTEN_TOTAL, bytes);
    add(Metric.BATCHES_WRITTEN_TOTAL, 1);
    set(Metric.LAST_DURABLE_WRITE_TIME_MS, clock.millis());
    recent.written(rows, nanoTime.getAsLong());
  }

  /** A sample was dropped since its life was over. */
  public void expired() {
    add(Metric.ROWS_EXPIRED_TOTAL, 1);
  }

  /** A part of a record said nothing to store. */
  public void skipped() {
    add(Metric.PARTS_SKIPPED_TOTAL, 1);
  }

  /** An attempt failed, and the store seems to be away. */
  public void attemptFailed(Cause cause) {
    partlyFailed(cause);
    set(Metric.STORE_REACHABLE, 0);
    if (unavailableSince == NONE) {
      unavailableSince = nanoTime.getAsLong();
    }
  }

  /** Some rows of an attempt have to be written again, though the store answered. */
  public void partlyFailed(Cause cause) {
    add(Metric.ATTEMPTS_FAILED_TOTAL, 1);
    add(counter(retries, cause), 1);
  }

  /** The store refused a batch. */
  public void refused() {
    add(Metric.BATCHES_REFUSED_TOTAL, 1);
  }

  /** The store answered, whatever it said. */
  public void answered() {
    set(Metric.STORE_REACHABLE, 1);
    if (unavailableSince != NONE) {
      unavailableSince = NONE;
    }
  }

  /** An attempt to write was answered after so many microseconds. */
  public void answeredAfter(long micros) {
    recent.answered(micros, nanoTime.getAsLong());
  }

  /** What is in memory and under way now. */
  public void held(long rows, long bytes, int inFlight) {
    set(Metric.ROWS_BUFFERED, rows);
    set(Metric.BYTES_BUFFERED, bytes);
    set(Metric.BATCHES_IN_FLIGHT, inFlight);
  }

  /** Whether the partitions are paused now. */
  public void paused(boolean now) {
    set(Metric.PARTITIONS_PAUSED, now ? 1 : 0);
  }

  /** For how many milliseconds the oldest record has been held; negative when none is. */
  public void oldestUnwritten(long ageMs) {
    oldestUnwrittenSince =
        ageMs < 0 ? NONE : nanoTime.getAsLong() - TimeUnit.MILLISECONDS.toNanos(ageMs);
  }

  /** What the store counted itself. */
  public void store(StoreMetrics counted) {
    set(Metric.ROW_KEY_CACHE_HITS_TOTAL, counted.rowKeyHits());
    set(Metric.ROW_KEY_CACHE_MISSES_TOTAL, counted.rowKeyMisses());
    set(Metric.INDEX_ROWS_WRITTEN_TOTAL, counted.indexRows());
  }

  /** Sums up the last minute, unless that was done a second ago; once a poll. */
  public void polled() {
    recent.summariseNowAndThen(nanoTime.getAsLong());
  }

  /** Sums up the last minute; once a flush. */
  public void flushed() {
    recent.summarise(nanoTime.getAsLong());
  }

  /** What a metric says now, of those without a tag. */
  public Number value(Metric metric) {
    RecentWrites.Summary minute = recent.summary();
    return switch (metric) {
      case BATCH_ROWS_AVG -> minute.batchRows();
      case WRITE_LATENCY_MS_P50 -> minute.p50();
      case WRITE_LATENCY_MS_P95 -> minute.p95();
      case WRITE_LATENCY_MS_P99 -> minute.p99();
      case STORE_UNAVAILABLE_MS -> millisSince(unavailableSince);
      case OLDEST_UNWRITTEN_AGE_MS -> millisSince(oldestUnwrittenSince);
      default -> counter(values, metric).get();
    };
  }

  /** How many parts of records broke this rule. */
  public long rejections(Rule rule) {
    return counter(rejections, rule).get();
  }

  /** How many attempts are made again for this cause. */
  public long retries(Cause cause) {
    return counter(retries, cause).get();
  }

  /** All that can be read, in the order of the catalogue. */
  List<MetricValue> values() {
    List<MetricValue> all = new ArrayList<>();
    for (Metric metric : Metric.values()) {
      switch (metric) {
        case REJECTIONS_TOTAL ->
            rejections.forEach(
                (rule, count) -> all.add(new MetricValue(metric, rule.id(), count::get)));
        case RETRIES_TOTAL ->
            retries.forEach(
                (cause, count) -> all.add(new MetricValue(metric, cause.id(), count::get)));
        default -> all.add(new MetricValue(metric, "", () -> value(metric)));
      }
    }
    return all;
  }

  private long millisSince(long instant) {
    return instant == NONE ? 0 : TimeUnit.NANOSECONDS.toMillis(nanoTime.getAsLong() - instant);
  }

  private void add(Metric metric, long amount) {
    add(counter(values, metric), amount);
  }

  private void set(Metric metric, long value) {
    counter(values, metric).lazySet(value);
  }

  /** One writer, so a plain read and an ordered write will do: no locked instruction. */
  private static void add(AtomicLong counter, long amount) {
    counter.lazySet(counter.getPlain() + amount);
  }

  private static <K extends Enum<K>> AtomicLong counter(Map<K, AtomicLong> all, K key) {
    return Objects.requireNonNull(all.get(key));
  }
}
