package io.datapoints.connect.store.mongodb;

import io.datapoints.connect.store.Cause;
import io.datapoints.connect.store.Outcome;
import io.datapoints.connect.store.mongodb.failure.Failures;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * The threads that wait for a driver which blocks: one for each bulk that may be under way, so that
 * none has to queue. Daemons, named after the task.
 */
final class StoreThreads {

  private static final long IDLE_SECONDS = 60;

  private final String taskName;
  private final ThreadPoolExecutor executor;

  StoreThreads(String taskName, int count) {
    this.taskName = taskName;
    AtomicInteger number = new AtomicInteger();
    this.executor =
        new ThreadPoolExecutor(
            count,
            count,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(count),
            job -> daemon(job, taskName + "-mongodb-" + number.getAndIncrement()));
    executor.allowCoreThreadTimeOut(true);
  }

  private static Thread daemon(Runnable job, String name) {
    Thread thread = new Thread(job, name);
    thread.setDaemon(true);
    return thread;
  }

  /** Runs an attempt; the stage completes normally, whatever it throws. */
  CompletionStage<Outcome> run(Supplier<Outcome> attempt) {
    Job job = new Job(attempt, new CompletableFuture<>());
    try {
      executor.execute(job);
    } catch (RejectedExecutionException e) {
      job.abandon();
    }
    return job.outcome();
  }

  /** Interrupts what is under way, and runs one last thing without waiting for it. */
  void close(Runnable last) {
    for (Runnable waiting : executor.shutdownNow()) {
      ((Job) waiting).abandon();
    }
    daemon(last, taskName + "-mongodb-close").start();
  }

  private record Job(Supplier<Outcome> attempt, CompletableFuture<Outcome> outcome)
      implements Runnable {

    @Override
    public void run() {
      try {
        outcome.complete(attempt.get());
      } catch (RuntimeException | Error e) {
        outcome.complete(Failures.of(e));
      }
    }

    void abandon() {
      String reason = "the store is closed";
      outcome.complete(
          new Outcome.Unavailable(Cause.OTHER, reason, new IllegalStateException(reason)));
    }
  }
}
