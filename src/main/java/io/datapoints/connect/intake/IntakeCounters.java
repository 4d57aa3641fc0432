package io.datapoints.connect.intake;

import io.datapoints.connect.model.Rule;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What the intake has counted since it was made. Thread safe; a reader sees each count alone. */
public final class IntakeCounters {

  private final LongAdder metrics = new LongAdder();
  private final LongAdder points = new LongAdder();
  private final LongAdder records = new LongAdder();
  private final LongAdder failedRecords = new LongAdder();
  private final LongAdder skipped = new LongAdder();
  private final LongAdder inflatedBytes = new LongAdder();
  private final Map<Rule, LongAdder> rejected = adders(Rule.class);
  private final Map<Outcome.Cause, LongAdder> unavailable = adders(Outcome.Cause.class);
  private final AnswerTimes times = new AnswerTimes();
  private volatile long lastStored;

  private static <E extends Enum<E>> Map<E, LongAdder> adders(Class<E> type) {
    Map<E, LongAdder> adders = new EnumMap<>(type);
    Arrays.stream(type.getEnumConstants()).forEach(each -> adders.put(each, new LongAdder()));
    return adders;
  }

  private static <E extends Enum<E>> LongAdder of(Map<E, LongAdder> adders, E key) {
    LongAdder adder = adders.get(key);
    if (adder == null) {
      throw new IllegalArgumentException(key.name());
    }
    return adder;
  }

  void stored(int metricCount, long pointCount) {
    if (metricCount == 0) {
      return;
    }
    metrics.add(metricCount);
    points.add(pointCount);
    lastStored = System.currentTimeMillis();
  }

  void sent() {
    records.increment();
  }

  void failed() {
    failedRecords.increment();
  }

  void inflated(int bytes) {
    inflatedBytes.add(bytes);
  }

  void reject(Rule rule, long parts) {
    of(rejected, rule).add(parts);
  }

  void skip() {
    skipped.increment();
  }

  void turnedAway(Outcome.Cause cause) {
    of(unavailable, cause).increment();
  }

  void answered(long elapsedNanos) {
    times.add(elapsedNanos);
  }

  /** Metrics with points that the log has. */
  public long metrics() {
    return metrics.sum();
  }

  /** Points that the log has. */
  public long points() {
    return points.sum();
  }

  /** Records sent to the log. */
  public long records() {
    return records.sum();
  }

  /** Records that the log did not take for sure. */
  public long failedRecords() {
    return failedRecords.sum();
  }

  /** Bytes that compressed bodies inflated to. */
  public long inflatedBytes() {
    return inflatedBytes.sum();
  }

  /** Parts of requests that broke this rule. */
  public long rejected(Rule rule) {
    return of(rejected, rule).sum();
  }

  /** Parts of requests that said nothing to store. */
  public long skipped() {
    return skipped.sum();
  }

  /** Requests that were turned away, or not answered with certainty, for this cause. */
  public long unavailable(Outcome.Cause cause) {
    return of(unavailable, cause).sum();
  }

  /** From submission to answer. */
  public AnswerTimes times() {
    return times;
  }

  /** When the log last had all of a request, in milliseconds since the epoch; 0 for never. */
  public long lastStored() {
    return lastStored;
  }
}
