package io.datapoints.connect.door;

import io.datapoints.connect.kit.Await;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Clients that send one point after another, each again and again until it is answered 204. */
final class RepeatingClients implements AutoCloseable {

  private static final Duration BOUND = Duration.ofMinutes(2);
  private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(50);

  private final DoorClient client;
  private final String metric;
  private final AtomicLong next;
  private final Set<Long> acknowledged = ConcurrentHashMap.newKeySet();
  private final AtomicLong unavailable = new AtomicLong();
  private final Set<Integer> others = ConcurrentHashMap.newKeySet();
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean ending;

  /** Two of them begin at once, with points from this number on. */
  RepeatingClients(DoorClient client, String metric, long first) {
    this.client = client;
    this.metric = metric;
    this.next = new AtomicLong(first);
    for (int series = 0; series < 2; series++) {
      int own = series;
      Thread thread = new Thread(() -> run(own), "repeating-client-" + series);
      threads.add(thread);
      thread.start();
    }
  }

  private void run(int series) {
    while (!ending) {
      long number = next.getAndIncrement();
      String body = SentPoints.body(metric, series, number);
      while (!ending && !taken(body)) {
        LockSupport.parkNanos(PAUSE);
      }
      // Only what was answered may be counted, and the last body may not have been.
      if (!ending) {
        acknowledged.add(number);
      }
    }
  }

  private boolean taken(String body) {
    try {
      int status = client.post(body).status();
      if (status == 503) {
        unavailable.incrementAndGet();
      } else if (status != 204) {
        others.add(status);
      }
      return status == 204;
    } catch (IOException away) {
      return false;
    }
  }

  /** Returns once so many further points were answered 204. */
  void awaitMore(int points) {
    long enough = (long) acknowledged.size() + points;
    Await.until(points + " more points", BOUND, () -> acknowledged.size() >= enough);
  }

  /** Returns once a further request was answered 503. */
  void awaitUnavailable() {
    long before = unavailable.get();
    Await.until("an answer 503", BOUND, () -> unavailable.get() > before);
  }

  /** Statuses other than 204 and 503 that were seen. */
  Set<Integer> others() {
    return Set.copyOf(others);
  }

  /** The numbers of all points that were answered 204; no more are sent. */
  Set<Long> end() {
    ending = true;
    for (Thread thread : threads) {
      try {
        thread.join(BOUND.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    return new TreeSet<>(acknowledged);
  }

  @Override
  public void close() {
    end();
  }
}
