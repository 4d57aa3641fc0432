package io.datapoints.connect.metrics;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.IntCountsHistogram;

/**
 * How writing went in about the last minute: six slices of ten seconds, of which the oldest is
 * thrown away. Written and summed up by the task thread alone; the sum may be read by any. Takes
 * about 90 kB.
 */
final class RecentWrites {

  private static final int SLICES = 6;
  private static final long SLICE_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final long SUMMARY_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** Longer ones count as so long; no request may take an hour. */
  private static final long MAX_MICROS = TimeUnit.HOURS.toMicros(1);

  /** Of a latency, so many decimal digits are kept. */
  private static final int DIGITS = 2;

  /** The sum; NaN where nothing was measured. Latencies are in milliseconds. */
  record Summary(double p50, double p95, double p99, double batchRows) {

    static final Summary NOTHING = new Summary(Double.NaN, Double.NaN, Double.NaN, Double.NaN);
  }

  private static final class Slice {

    private final IntCountsHistogram micros = new IntCountsHistogram(MAX_MICROS, DIGITS);
    private long rows;
    private long batches;

    void clear() {
      micros.reset();
      rows = 0;
      batches = 0;
    }

    void add(Slice other) {
      micros.add(other.micros);
      rows += other.rows;
      batches += other.batches;
    }

    double millis(double percentile) {
      return micros.getTotalCount() == 0
          ? Double.NaN
          : micros.getValueAtPercentile(percentile) / 1_000.0;
    }

    Summary summary() {
      double batchRows = batches == 0 ? Double.NaN : (double) rows / batches;
      return new Summary(millis(50), millis(95), millis(99), batchRows);
    }
  }

  private final Slice[] slices = new Slice[SLICES];
  private final Slice sum = new Slice();
  private int current;
  private long currentSince;
  private long summarisedAt;
  private volatile Summary summary = Summary.NOTHING;

  RecentWrites(long nanoTime) {
    for (int i = 0; i < SLICES; i++) {
      slices[i] = new Slice();
    }
    currentSince = nanoTime;
    summarisedAt = nanoTime;
  }

  void answered(long micros, long nanoTime) {
    forget(nanoTime);
    slices[current].micros.recordValue(Math.max(1, Math.min(MAX_MICROS, micros)));
  }

  void written(int rows, long nanoTime) {
    forget(nanoTime);
    slices[current].rows += rows;
    slices[current].batches++;
  }

  /** Adding it up costs some microseconds: at most once a second. */
  void summariseNowAndThen(long nanoTime) {
    if (nanoTime - summarisedAt >= SUMMARY_NANOS) {
      summarise(nanoTime);
    }
  }

  void summarise(long nanoTime) {
    summarisedAt = nanoTime;
    sum.clear();
    forget(nanoTime);
    for (Slice slice : slices) {
      sum.add(slice);
    }
    summary = sum.summary();
  }

  /** Before anything is recorded, too: a slice whose time is over is the first to be cleared. */
  private void forget(long nanoTime) {
    for (int over = 0; over < SLICES && nanoTime - currentSince >= SLICE_NANOS; over++) {
      current = (current + 1) % SLICES;
      slices[current].clear();
      currentSince += SLICE_NANOS;
    }
    if (nanoTime - currentSince >= SLICE_NANOS) {
      currentSince = nanoTime;
    }
  }

  Summary summary() {
    return summary;
  }
}
