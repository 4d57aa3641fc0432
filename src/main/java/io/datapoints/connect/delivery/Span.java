package io.datapoints.connect.delivery;

/**
 * A run of records of one partition, received in one poll. It is done when every one of its records
 * is: written, or reported. Owned by the task thread.
 */
final class Span {

  private final long first;
  private long next;
  private int outstanding;
  private boolean abandoned;

  Span(long first) {
    this.first = first;
    this.next = first;
  }

  void received(long offset) {
    next = offset + 1;
    outstanding++;
  }

  void recordDone() {
    outstanding--;
  }

  /** The partition was taken away: its records are another task's now. */
  void abandon() {
    abandoned = true;
  }

  boolean abandoned() {
    return abandoned;
  }

  boolean done() {
    return outstanding == 0;
  }

  /** The offset of the first record. */
  long first() {
    return first;
  }

  /** The offset after the last record. */
  long next() {
    return next;
  }
}
