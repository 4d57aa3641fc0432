package io.datapoints.connect.intake;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** A histogram of the times from a submission to its answer. Thread safe. */
public final class AnswerTimes {

  /** The upper bounds of the buckets but the last, which has none. */
  private static final List<Integer> BOUNDS =
      List.of(1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000);

  private final List<LongAdder> buckets =
      IntStream.rangeClosed(0, BOUNDS.size()).mapToObj(each -> new LongAdder()).toList();
  private final LongAdder nanos = new LongAdder();

  void add(long elapsedNanos) {
    long millis = TimeUnit.NANOSECONDS.toMillis(elapsedNanos);
    int bucket = 0;
    while (bucket < BOUNDS.size() && millis >= BOUNDS.get(bucket)) {
      bucket++;
    }
    buckets.get(bucket).increment();
    nanos.add(elapsedNanos);
  }

  /** The upper bounds of all buckets but the last, in milliseconds. */
  public List<Integer> bounds() {
    return BOUNDS;
  }

  /** How many times fell into each bucket and those below; the last is how many there were. */
  public List<Long> cumulated() {
    long[] counts = buckets.stream().mapToLong(LongAdder::sum).toArray();
    for (int i = 1; i < counts.length; i++) {
      counts[i] += counts[i - 1];
    }
    return LongStream.of(counts).boxed().toList();
  }

  /** All times together, in seconds. */
  public double seconds() {
    return nanos.sum() / (double) TimeUnit.SECONDS.toNanos(1);
  }
}
