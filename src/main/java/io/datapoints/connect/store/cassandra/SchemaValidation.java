package io.datapoints.connect.store.cassandra;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.auth.AuthenticationException;
import io.datapoints.connect.config.CassandraConfig;
import io.datapoints.connect.config.CassandraSinkConfig;
import io.datapoints.connect.config.MappedTarget;
import io.datapoints.connect.config.MappingConfig;
import io.datapoints.connect.store.Outcome;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares the mappings of a configuration with the tables that there are, before any task runs.
 * What a store that is away or slow would say remains to be seen by the tasks.
 */
public final class SchemaValidation {

  private static final Logger log = LoggerFactory.getLogger(SchemaValidation.class);

  /** Somebody waits for the answer of a REST call. */
  private static final Duration BOUND = Duration.ofSeconds(5);

  /** The driver need not read the schema of any other keyspace: it would take its time. */
  private static final List<String> KEYSPACES = List.of("system");

  private final CassandraSinkConfig config;
  private final String sessionName;
  private final Duration bound;

  /**
   * Something that has to be put right.
   *
   * @param setting the key of the setting at fault
   * @param message what is wrong, with that key
   */
  public record Complaint(String setting, String message) {}

  /**
   * A validation of sound settings with the layout {@code table}.
   *
   * @param sessionName in the driver's log lines and threads, and in Cassandra's list of clients
   */
  public SchemaValidation(CassandraSinkConfig config, String sessionName) {
    this(config, sessionName, BOUND);
  }

  /**
   * @param bound how long the caller may be kept waiting
   */
  SchemaValidation(CassandraSinkConfig config, String sessionName, Duration bound) {
    this.config = config;
    this.sessionName = sessionName;
    this.bound = bound;
  }

  /**
   * Everything that the cluster has against the settings, in no more than 5 seconds. Empty when all
   * is well, and when the cluster does not answer, which is logged. Of a topic that matches a
   * pattern nothing can be said before there is one.
   */
  public List<Complaint> complaints() {
    long deadline = System.nanoTime() + bound.toNanos();
    try {
      CompletionStage<CqlSession> connecting =
          new SessionFactory(config.cassandra(), sessionName, KEYSPACES).connect();
      try {
        return complaints(within(deadline, connecting), deadline);
      } finally {
        // Also one that connects when nobody waits for it any more.
        connecting.thenAccept(CqlSession::forceCloseAsync);
      }
    } catch (TimeoutException e) {
      return unknown("no answer within " + bound.toMillis() + " ms");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return unknown("interrupted");
    } catch (ExecutionException | RuntimeException e) {
      return ofFailure(e);
    }
  }

  private List<Complaint> complaints(CqlSession session, long deadline)
      throws ExecutionException, InterruptedException, TimeoutException {
    MappingConfig mapping = config.pipeline().mapping();
    // Several topics may share the settings of a pattern, and their table.
    Set<Complaint> complaints = new LinkedHashSet<>();
    for (String topic : new TreeSet<>(mapping.topics())) {
      for (MappedTarget target : mapping.targets(topic)) {
        for (String message : within(deadline, check(session, target))) {
          complaints.add(new Complaint(target.prefix() + "mapping", message));
        }
      }
    }
    return List.copyOf(complaints);
  }

  private static <T> T within(long deadline, CompletionStage<T> answer)
      throws ExecutionException, InterruptedException, TimeoutException {
    return answer.toCompletableFuture().get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
  }

  /** As the node that is asked has the table if that is as wanted; else as all nodes agree. */
  private CompletionStage<List<String>> check(CqlSession session, MappedTarget target) {
    LiveTableReader reader = new LiveTableReader(session, target.database(), target.table());
    return reader
        .read()
        .thenCompose(
            live ->
                complaints(target, live).isEmpty()
                    ? CompletableFuture.completedFuture(List.of())
                    : SchemaAgreement.of(session)
                        .thenCompose(v -> reader.read())
                        .thenApply(agreed -> complaints(target, agreed)));
  }

  private List<String> complaints(MappedTarget target, Optional<LiveTable> live) {
    MappedTarget.CassandraOptions options = target.options().cassandra();
    if (live.isPresent()) {
      // What a statement of the user's own does with the table is between the two.
      return options.query() == null
          ? new MappingCheck(target, live.get()).complaints()
          : List.of();
    }
    boolean created = options.create() != null && config.cassandra().schema().create();
    return created
        ? List.of()
        : List.of(
            "%smapping: table %s.%s is missing and may not be created"
                .formatted(target.prefix(), target.database(), target.table()));
  }

  private List<Complaint> ofFailure(Throwable wrapped) {
    Throwable error = FailureTable.unwrap(wrapped);
    Outcome outcome = FailureClassifier.ofOpening(error);
    if (outcome instanceof Outcome.Fatal fatal) {
      return List.of(complaint(error, fatal.reason()));
    }
    return unknown(outcome instanceof Outcome.Unavailable away ? away.reason() : "no reason given");
  }

  private Complaint complaint(Throwable error, String reason) {
    if (refusesUser(error)) {
      // The server's own words would repeat the name of the user.
      return new Complaint(
          CassandraConfig.USERNAME,
          CassandraConfig.USERNAME
              + (config.cassandra().username() == null
                  ? ": the cluster asks for a user and a password"
                  : ": the cluster refuses this user with this " + CassandraConfig.PASSWORD));
    }
    String setting =
        error instanceof OpenException known
            ? known.setting().orElse(CassandraConfig.CONTACT_POINTS)
            : CassandraConfig.CONTACT_POINTS;
    return new Complaint(setting, setting + ": " + reason);
  }

  private static boolean refusesUser(Throwable error) {
    return error instanceof AuthenticationException
        || (error instanceof AllNodesFailedException failed
            && failed.getAllErrors().values().stream()
                .flatMap(List::stream)
                .anyMatch(AuthenticationException.class::isInstance));
  }

  private List<Complaint> unknown(String reason) {
    log.warn("{}: the mappings were not compared with the tables: {}", sessionName, reason);
    return List.of();
  }
}
