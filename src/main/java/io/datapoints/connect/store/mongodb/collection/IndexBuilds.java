package io.datapoints.connect.store.mongodb.collection;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.IndexOptions;
import io.datapoints.connect.store.Cause;
import io.datapoints.connect.store.StoreException;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The indexes that the server builds for one store, from one attempt to open to the next: over a
 * large collection that takes longer than any timeout. The server is told no timeout, at which it
 * would give up the build and begin anew at the next attempt; a thread of its own waits for the
 * answer, and an attempt to open waits for that thread no longer than for any other answer.
 *
 * <p>Used by one attempt at a time, on any thread.
 */
public final class IndexBuilds {

  private static final Logger LOG = LoggerFactory.getLogger(IndexBuilds.class);

  private static final long USUAL_WAIT_MS = 3_000;
  private static final long LOG_INTERVAL_MS = 60_000;

  private final Clock clock;
  private final Map<String, Build> builds = new ConcurrentHashMap<>();

  /**
   * None so far.
   *
   * @param clock tells how long a build has been going on
   */
  public IndexBuilds(Clock clock) {
    this.clock = clock;
  }

  /** A build that was seen to be under way, of this store or of another program. */
  private static final class Build {

    private final long since;
    private long lastLine;

    /** Null where another program has it built. */
    private final @Nullable FutureTask<String> answer;

    Build(long since, @Nullable FutureTask<String> answer) {
      this.since = since;
      this.lastLine = since - LOG_INTERVAL_MS;
      this.answer = answer;
    }
  }

  /**
   * Has an index built, and returns when it is there.
   *
   * @param index its name and that of the collection
   * @throws StoreException that says to try again while it is being built
   * @throws RuntimeException the driver's, where the server refuses or is away
   */
  void create(
      String index, MongoCollection<Document> collection, Document keys, IndexOptions options) {
    Build known = builds.get(index);
    FutureTask<String> answer = known == null ? null : known.answer;
    if (answer == null) {
      answer = begin(index, collection, keys, options);
      builds.put(index, new Build(clock.millis(), answer));
    }
    Long wait = collection.getTimeout(TimeUnit.MILLISECONDS);
    try {
      answer.get(wait == null || wait == 0 ? USUAL_WAIT_MS : wait, TimeUnit.MILLISECONDS);
      finished(index);
    } catch (TimeoutException e) {
      throw goingOn(index);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw goingOn(index);
    } catch (ExecutionException e) {
      builds.remove(index);
      if (e.getCause() instanceof RuntimeException refusal) {
        throw refusal;
      }
      throw StoreException.fatal("the index " + index + " cannot be built", e);
    }
  }

  private static FutureTask<String> begin(
      String index, MongoCollection<Document> collection, Document keys, IndexOptions options) {
    // 0 is no timeout.
    MongoCollection<Document> patient = collection.withTimeout(0, TimeUnit.MILLISECONDS);
    FutureTask<String> answer = new FutureTask<>(() -> patient.createIndex(keys, options));
    Thread waiting = new Thread(answer, "mongodb-index-" + index);
    waiting.setDaemon(true);
    waiting.start();
    return answer;
  }

  /** Whether this store is waiting for the index. */
  boolean awaits(String index) {
    Build build = builds.get(index);
    return build != null && build.answer != null;
  }

  /** What to say of an index that is being built, by whomever. */
  StoreException goingOn(String index) {
    long now = clock.millis();
    Build build = builds.computeIfAbsent(index, first -> new Build(now, null));
    String soFar =
        "the index %s is being built, for %d s now".formatted(index, (now - build.since) / 1_000);
    if (now - build.lastLine >= LOG_INTERVAL_MS) {
      build.lastLine = now;
      LOG.info("Waiting, since {}; nothing is written to the collection before it is there", soFar);
    }
    return StoreException.retry(Cause.TIMEOUT, soFar);
  }

  /** The index is there. */
  void finished(String index) {
    Build build = builds.remove(index);
    if (build != null && build.lastLine >= build.since) {
      LOG.info("The index {} is there after {} s", index, (clock.millis() - build.since) / 1_000);
    }
  }
}
