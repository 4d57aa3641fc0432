package io.datapoints.connect.intake;

import io.datapoints.connect.config.door.IntakeConfig;
import io.datapoints.connect.kairosdb.BodyReader;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes bodies of metrics and answers each when the log has all of its points, or knows why not. A
 * request is admitted before its body is read, charged while it comes, and read by one of the
 * intake's threads. Those threads alone ever wait for the log. Thread safe.
 */
public final class Intake implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

  /** Bodies that are read at the same time at least and at most, each with memory of its own. */
  private static final int MIN_THREADS = 2;

  private static final int MAX_THREADS = 8;
  private static final Duration THREAD_END = Duration.ofSeconds(5);

  private final IntakeConfig config;
  private final Log log;
  private final Budget budget;
  private final IntakeCounters counters = new IntakeCounters();

  /** Bounded by the budget's requests. */
  private final BlockingQueue<Body> bodies = new LinkedBlockingQueue<>();

  private final Set<Submission> unanswered = ConcurrentHashMap.newKeySet();

  private final ScheduledThreadPoolExecutor deadlines;
  private final List<Thread> readers;
  private final AtomicBoolean draining = new AtomicBoolean();
  private volatile boolean closed;

  /** Starts the threads. They have the context class loader of the caller. */
  public Intake(IntakeConfig config, Log log) {
    this.config = config;
    this.log = log;
    this.budget = new Budget(config.maxInFlightBytes(), config.maxInFlightRequests());
    this.deadlines = new ScheduledThreadPoolExecutor(1, each -> daemon("deadlines", each));
    deadlines.setRemoveOnCancelPolicy(true);
    int threads =
        Math.max(
            MIN_THREADS, Math.min(MAX_THREADS, Runtime.getRuntime().availableProcessors() / 2));
    this.readers =
        Stream.generate(() -> daemon("bodies", this::readBodies)).limit(threads).toList();
    readers.forEach(Thread::start);
  }

  private static Thread daemon(String name, Runnable work) {
    Thread thread = new Thread(work, "datapoints-intake-" + name);
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Admits a request before its body is read, or tells why not.
   *
   * @param announcedBytes how long the body is said to be, negative if nothing is said
   */
  public Admission admit(long announcedBytes) {
    Admission admission = admission(announcedBytes);
    if (admission instanceof Admission.Refused refused) {
      counters.turnedAway(refused.why().cause());
    }
    return admission;
  }

  private Admission admission(long announcedBytes) {
    if (draining.get()) {
      return new Admission.Refused(draining());
    }
    String fault = log.fault();
    return fault == null
        ? Reservation.of(budget, announcedBytes)
        : new Admission.Refused(new Outcome.Unavailable(Outcome.Cause.LOG, fault));
  }

  private static Outcome.Unavailable draining() {
    return new Outcome.Unavailable(
        Outcome.Cause.DRAINING, "This server is closing; send the request to another one.");
  }

  /** Gives back the room of a request whose body came and found no more of it. */
  public Outcome.Unavailable turnAway(Reservation reservation) {
    reservation.release();
    Outcome.Unavailable why = Reservation.noBytes();
    counters.turnedAway(why.cause());
    return why;
  }

  /**
   * Takes over a body with its reservation. Does not block.
   *
   * @param body not changed any more; its bytes are charged to the reservation
   * @param length how many of its bytes count
   * @param answer called once, on a thread that must not be blocked; throws nothing
   */
  public void submit(
      Reservation reservation,
      byte[] body,
      int length,
      BodyEncoding encoding,
      Consumer<Outcome> answer) {
    Submission submission = new Submission(reservation, counters, unanswered, answer);
    try {
      submission.expiresWith(
          deadlines.schedule(
              submission::expire, config.answerTimeout().toMillis(), TimeUnit.MILLISECONDS));
    } catch (RejectedExecutionException closing) {
      submission.read(draining(), 0, 0);
      return;
    }
    bodies.add(new Body(submission, body, length, encoding, System.nanoTime()));
  }

  /** A thread's work: one body after another, until it is interrupted by {@link #close}. */
  private void readBodies() {
    Body.Tools tools =
        new Body.Tools(
            log,
            counters,
            new BodyReader(config.rules()),
            new BodyDecoders(config.rules(), config.formats(), config.maxRequestBytes()),
            new PointWriter(),
            config.maxRequestBytes());
    while (!closed) {
      try {
        readOne(bodies.take(), tools);
      } catch (InterruptedException closing) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  @SuppressWarnings("CatchAndPrintStackTrace")
  private static void readOne(Body body, Body.Tools tools) {
    try {
      body.read(tools);
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError fault) {
      // The class alone: a message could quote the body.
      LOG.error("A request could not be read: {}", fault.getClass().getName());
      body.fail();
    }
  }

  /** From now on every request is turned away. */
  public void drain() {
    draining.set(true);
  }

  /** Whether requests are turned away because the intake is closing. */
  public boolean isDraining() {
    return draining.get();
  }

  /** Waits until all admitted requests are answered; false if the bound passes before that. */
  public boolean awaitIdle(Duration bound) {
    return budget.awaitNoRequests(bound);
  }

  /** Why the log takes no records now, or null while it does. */
  public @Nullable String fault() {
    return log.fault();
  }

  /** How long the body that is read next has waited for a thread. */
  public Duration waiting() {
    Body next = bodies.peek();
    return next == null ? Duration.ZERO : Duration.ofNanos(next.waitedNanos());
  }

  /** Bytes of requests that the log has not done with. */
  public long bytesInFlight() {
    return budget.bytes();
  }

  /** How many those may be. */
  public long maxBytesInFlight() {
    return budget.maxBytes();
  }

  /** Requests that wait for their answers. */
  public int requestsInFlight() {
    return budget.requests();
  }

  /** How many those may be. */
  public int maxRequestsInFlight() {
    return budget.maxRequests();
  }

  /** Bytes of a body, as it is sent and inflated. */
  public int maxRequestBytes() {
    return config.maxRequestBytes();
  }

  /** What was counted so far. */
  public IntakeCounters counters() {
    return counters;
  }

  /**
   * Ends the threads. What is not answered by now is answered that its outcome is unknown. The log
   * is not closed.
   */
  @Override
  public void close() {
    drain();
    closed = true;
    readers.forEach(Thread::interrupt);
    long end = System.nanoTime() + THREAD_END.toNanos();
    try {
      for (Thread reader : readers) {
        TimeUnit.NANOSECONDS.timedJoin(reader, Math.max(1, end - System.nanoTime()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    for (Body left = bodies.poll(); left != null; left = bodies.poll()) {
      left.submission().read(draining(), 0, 0);
    }
    deadlines.shutdownNow();
    unanswered.forEach(Submission::expire);
  }
}
