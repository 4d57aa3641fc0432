package io.datapoints.connect.benchmark.post;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongFunction;
import org.HdrHistogram.Histogram;

/**
 * POSTs numbered bodies to one server, over a bounded number of connections that stay open. No
 * number is sent twice, over the life of this object.
 */
public final class PostLoad {

  private static final long LONGEST_MICROS = 600_000_000;
  private static final int DIGITS = 3;
  private static final int TAKEN = 204;

  private final InetSocketAddress server;
  private final String path;
  private final int connections;
  private final LongFunction<byte[]> bodies;
  private final AtomicLong next = new AtomicLong();

  /**
   * @param bodies what is sent, by its number from 0 on; called by several threads
   */
  public PostLoad(
      InetSocketAddress server, String path, int connections, LongFunction<byte[]> bodies) {
    this.server = server;
    this.path = path;
    this.connections = connections;
    this.bodies = bodies;
  }

  /**
   * What came of some requests.
   *
   * @param taken how many were answered 204
   * @param refused how many were answered otherwise
   * @param elapsed from the first request to the last answer
   * @param micros how long the answers took, refusals included
   */
  public record Outcome(long taken, long refused, Duration elapsed, Histogram micros) {

    /** Requests answered 204 in a second. */
    public double perSecond() {
      return taken * 1e9 / elapsed.toNanos();
    }

    /** What so many percent of the answers took at most, in milliseconds. */
    public double millis(double percentile) {
      return micros.getValueAtPercentile(percentile) / 1e3;
    }
  }

  /** For this long, on every connection the next request as soon as the last one is answered. */
  public Outcome asFastAsAnswered(Duration time) throws IOException {
    long end = System.nanoTime() + time.toNanos();
    return run(
        (connection, tally) -> {
          for (long now = System.nanoTime(); now < end; now = System.nanoTime()) {
            tally.add(connection.post(bodies.apply(next.getAndIncrement())), now);
          }
        });
  }

  /**
   * For this long, requests at even distances, whether or not the earlier ones are answered. What a
   * request waits for a free connection is part of what its answer took.
   */
  public Outcome at(double perSecond, Duration time) throws IOException {
    long begin = System.nanoTime();
    long requests = (long) (perSecond * time.toNanos() / 1e9);
    double distance = 1e9 / perSecond;
    AtomicLong turns = new AtomicLong();
    return run(
        (connection, tally) -> {
          for (long turn = turns.getAndIncrement();
              turn < requests;
              turn = turns.getAndIncrement()) {
            long due = begin + (long) (turn * distance);
            byte[] body = bodies.apply(next.getAndIncrement());
            for (long now = System.nanoTime(); now < due; now = System.nanoTime()) {
              LockSupport.parkNanos(due - now);
            }
            tally.add(connection.post(body), due);
          }
        });
  }

  private interface Sender {
    void send(PostConnection connection, Tally tally) throws IOException;
  }

  private Outcome run(Sender sender) throws IOException {
    ExecutorService threads = Executors.newFixedThreadPool(connections);
    try {
      long begin = System.nanoTime();
      List<Future<Tally>> running = new ArrayList<>();
      for (int i = 0; i < connections; i++) {
        running.add(
            threads.submit(
                () -> {
                  Tally tally = new Tally();
                  try (PostConnection connection = new PostConnection(server, path)) {
                    sender.send(connection, tally);
                  }
                  return tally;
                }));
      }
      Tally all = new Tally();
      for (Future<Tally> each : running) {
        all.add(each.get());
      }
      Duration elapsed = Duration.ofNanos(System.nanoTime() - begin);
      return new Outcome(all.taken, all.refused, elapsed, all.micros);
    } catch (ExecutionException e) {
      throw new IOException("a connection failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      threads.shutdownNow();
    }
  }

  /** Of one connection, or of all. */
  private static final class Tally {

    private final Histogram micros = new Histogram(LONGEST_MICROS, DIGITS);
    private long taken;
    private long refused;

    void add(int status, long since) {
      micros.recordValue(Math.min(LONGEST_MICROS, (System.nanoTime() - since) / 1_000));
      if (status == TAKEN) {
        taken++;
      } else {
        refused++;
      }
    }

    void add(Tally other) {
      micros.add(other.micros);
      taken += other.taken;
      refused += other.refused;
    }
  }
}
