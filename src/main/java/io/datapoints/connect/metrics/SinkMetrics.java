package io.datapoints.connect.metrics;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** The figures of one task. Written by the task thread alone, read by any. */
public final class SinkMetrics implements SinkMetricsMXBean {

  private static final long AVAILABLE = Long.MIN_VALUE;

  private final LongSupplier nanoTime;
  private final long startTimeMs = System.currentTimeMillis();
  private final AtomicLong recordsReceived = new AtomicLong();
  private final AtomicLong recordsRejected = new AtomicLong();
  private final AtomicLong rowsWritten = new AtomicLong();
  private final AtomicLong rowsExpired = new AtomicLong();
  private final AtomicLong batchesWritten = new AtomicLong();
  private final AtomicLong attemptsFailed = new AtomicLong();
  private final AtomicLong batchesRefused = new AtomicLong();
  private volatile long rowsHeld;
  private volatile long bytesHeld;
  private volatile long batchesInFlight;
  private volatile boolean paused;
  private volatile long unavailableSince = AVAILABLE;

  public SinkMetrics(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  public void received(int records) {
    add(recordsReceived, records);
  }

  public void rejected() {
    add(recordsRejected, 1);
  }

  public void written(int rows) {
    add(rowsWritten, rows);
    add(batchesWritten, 1);
  }

  public void expired() {
    add(rowsExpired, 1);
  }

  public void attemptFailed() {
    add(attemptsFailed, 1);
    if (unavailableSince == AVAILABLE) {
      unavailableSince = nanoTime.getAsLong();
    }
  }

  /** Some rows of an attempt have to be written again, though the store answered. */
  public void partlyFailed() {
    add(attemptsFailed, 1);
  }

  public void refused() {
    add(batchesRefused, 1);
  }

  /** The store gave an answer, whichever. */
  public void answered() {
    if (unavailableSince != AVAILABLE) {
      unavailableSince = AVAILABLE;
    }
  }

  public void held(long rows, long bytes, int inFlight, boolean nowPaused) {
    rowsHeld = rows;
    bytesHeld = bytes;
    batchesInFlight = inFlight;
    paused = nowPaused;
  }

  /** One writer, so a plain read and an ordered write will do: no locked instruction. */
  private static void add(AtomicLong counter, long amount) {
    counter.lazySet(counter.getPlain() + amount);
  }

  @Override
  public long getStartTimeMs() {
    return startTimeMs;
  }

  @Override
  public long getRecordsReceived() {
    return recordsReceived.get();
  }

  @Override
  public long getRecordsRejected() {
    return recordsRejected.get();
  }

  @Override
  public long getRowsWritten() {
    return rowsWritten.get();
  }

  @Override
  public long getRowsExpired() {
    return rowsExpired.get();
  }

  @Override
  public long getBatchesWritten() {
    return batchesWritten.get();
  }

  @Override
  public long getAttemptsFailed() {
    return attemptsFailed.get();
  }

  @Override
  public long getBatchesRefused() {
    return batchesRefused.get();
  }

  @Override
  public long getRowsHeld() {
    return rowsHeld;
  }

  @Override
  public long getBytesHeld() {
    return bytesHeld;
  }

  @Override
  public long getBatchesInFlight() {
    return batchesInFlight;
  }

  @Override
  public boolean isPaused() {
    return paused;
  }

  @Override
  public long getStoreUnavailableMs() {
    long since = unavailableSince;
    return since == AVAILABLE ? 0 : TimeUnit.NANOSECONDS.toMillis(nanoTime.getAsLong() - since);
  }
}
