package io.datapoints.connect.delivery.offsets;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/**
 * Follows one record until the last of its rows is durable or refused. Collects every reason
 * against it on the way, so that a bad record is reported once, with all of them. Owned by the task
 * thread.
 */
public final class PendingRecord {

  /** More reasons than these are counted, not kept: a record may hold thousands of bad points. */
  private static final int MAX_REASONS = 20;

  private final SinkRecord record;
  private final OffsetRange range;
  private final int bytes;
  private int outstanding = 1;
  private int reasonCount;
  private @Nullable List<String> reasons;

  /** A record starts with one claim on it, that of its reader. */
  public PendingRecord(SinkRecord record, OffsetRange range, int bytes) {
    this.record = record;
    this.range = range;
    this.bytes = bytes;
  }

  public void rowPlanned() {
    outstanding++;
  }

  public void reject(Supplier<String> reason) {
    reasonCount++;
    if (reasons == null) {
      reasons = new ArrayList<>(2);
    }
    if (reasons.size() < MAX_REASONS) {
      reasons.add(reason.get());
    }
  }

  /** One claim is settled; true when it was the last. */
  public boolean settle() {
    return --outstanding == 0;
  }

  public boolean rejected() {
    return reasonCount > 0;
  }

  public List<String> reasons() {
    if (reasons == null) {
      return List.of();
    }
    if (reasonCount <= MAX_REASONS) {
      return reasons;
    }
    List<String> cut = new ArrayList<>(reasons);
    cut.add("... and " + (reasonCount - MAX_REASONS) + " more.");
    return cut;
  }

  public SinkRecord record() {
    return record;
  }

  public OffsetRange range() {
    return range;
  }

  /** What the record holds in memory while it is followed; an estimate. */
  public int bytes() {
    return bytes;
  }
}
