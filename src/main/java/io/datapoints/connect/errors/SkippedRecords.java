package io.datapoints.connect.errors;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.kafka.connect.sink.SinkRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts and logs bad records where errors are tolerated and the worker has no reporter. At most
 * one line is logged in ten seconds.
 */
final class SkippedRecords implements ErrantRecords {

  private static final Logger log = LoggerFactory.getLogger(SkippedRecords.class);
  private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final LongSupplier nanoTime;
  private long skipped;
  private long skippedAtLastLine;
  private long lastLine;

  SkippedRecords(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.lastLine = nanoTime.getAsLong() - INTERVAL_NANOS;
  }

  @Override
  public Future<Void> report(SinkRecord record, List<String> reasons) {
    skipped++;
    long now = nanoTime.getAsLong();
    if (now - lastLine < INTERVAL_NANOS) {
      return CompletableFuture.completedFuture(null);
    }
    log.warn(
        "{} bad records skipped since the last such line, {} in all; no dead letter topic is set."
            + " The latest: {}",
        skipped - skippedAtLastLine,
        skipped,
        RecordError.describe(record, reasons));
    lastLine = now;
    skippedAtLastLine = skipped;
    return CompletableFuture.completedFuture(null);
  }
}
