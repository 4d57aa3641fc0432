package io.datapoints.connect.delivery;

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
final class Receipt {

  /** More reasons than these are counted, not kept: a record may hold thousands of bad points. */
  private static final int MAX_REASONS = 20;

  private final SinkRecord record;
  private final Span span;
  private final int bytes;
  private int outstanding = 1;
  private int reasonCount;
  private @Nullable List<String> reasons;

  /** The receipt starts with one claim on it, that of the decoder. */
  Receipt(SinkRecord record, Span span, int bytes) {
    this.record = record;
    this.span = span;
    this.bytes = bytes;
  }

  void rowPlanned() {
    outstanding++;
  }

  void reject(Supplier<String> reason) {
    reasonCount++;
    if (reasons == null) {
      reasons = new ArrayList<>(2);
    }
    if (reasons.size() < MAX_REASONS) {
      reasons.add(reason.get());
    }
  }

  /** One claim is settled; true when it was the last. */
  boolean settle() {
    return --outstanding == 0;
  }

  boolean rejected() {
    return reasonCount > 0;
  }

  List<String> reasons() {
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

  SinkRecord record() {
    return record;
  }

  Span span() {
    return span;
  }

  /** What the record holds in memory while it is followed; an estimate. */
  int bytes() {
    return bytes;
  }
}
