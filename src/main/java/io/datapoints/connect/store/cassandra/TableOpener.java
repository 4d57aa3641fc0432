package io.datapoints.connect.store.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import io.datapoints.connect.config.CassandraConfig;
import io.datapoints.connect.config.CassandraSinkConfig;
import io.datapoints.connect.config.MappedTarget;
import io.datapoints.connect.config.MappingConfig;
import io.datapoints.connect.kairosdb.TtlPolicy;
import io.datapoints.connect.store.Finding.Complaint;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/** Makes the tables of topics ready, as the topics turn up. */
final class TableOpener implements Layout.Opener {

  /**
   * How long the first task has to create a table before another does: it may have no partition of
   * that topic, and so never hear of it. Doubled at random, lest all the others create it at once.
   */
  private static final long HEAD_START_MS = 10_000;

  private final CassandraConfig connection;
  private final MappingConfig mapping;
  private final boolean dryRun;
  private final boolean createsSchema;
  private final Clock clock;

  private final long headStart =
      ThreadLocalRandom.current().nextLong(HEAD_START_MS, 2 * HEAD_START_MS);

  /**
   * Topics that are mapped by name or that records with a mapping came from, ready or not, and
   * since when; the task thread adds to them.
   */
  private final Map<String, Long> topics = new ConcurrentHashMap<>();

  private final Map<String, List<MappedTable>> tablesByTopic = new ConcurrentHashMap<>();

  /**
   * @param createsSchema whether this is the one task that creates what is missing
   */
  TableOpener(CassandraSinkConfig config, boolean createsSchema, Clock clock) {
    this.connection = config.cassandra();
    this.mapping = config.pipeline().mapping();
    this.dryRun = config.preflight().dryRun();
    this.createsSchema = createsSchema;
    this.clock = clock;
    mapping.topics().forEach(this::note);
  }

  private void note(String topic) {
    topics.putIfAbsent(topic, clock.millis());
  }

  /** A topic without a mapping needs no table: the decoder rejects its records one by one. */
  @Override
  public boolean covers(String topic) {
    if (tablesByTopic.containsKey(topic) || mapping.targets(topic).isEmpty()) {
      return true;
    }
    note(topic);
    return false;
  }

  @Override
  public CompletionStage<Layout> open(CqlSession session) {
    CompletionStage<Void> opened = CompletableFuture.completedFuture(null);
    for (String topic : topics.keySet()) {
      if (!tablesByTopic.containsKey(topic)) {
        opened = opened.thenCompose(v -> open(session, topic));
      }
    }
    return opened.thenApply(v -> new TableLayout(tablesByTopic));
  }

  private CompletionStage<Void> open(CqlSession session, String topic) {
    List<MappedTarget> targets = mapping.targets(topic);
    long waited = clock.millis() - topics.getOrDefault(topic, 0L);
    boolean creates = createsSchema || waited > headStart;
    List<MappedTable> tables = new ArrayList<>(targets.size());
    CompletionStage<Void> opened = CompletableFuture.completedFuture(null);
    // One after the other: concurrent changes are what schema disagreements are made of.
    for (MappedTarget target : targets) {
      checkTtl(target);
      MappedTable.Lane lane = new MappedTable.Lane(topic, targets.indexOf(target));
      MappedTable table = new MappedTable(lane, session, connection, target, clock);
      opened = opened.thenCompose(v -> table.open(creates)).thenAccept(tables::add);
    }
    return opened.thenAccept(v -> tablesByTopic.put(topic, List.copyOf(tables)));
  }

  /** The same table may be a target of several topics. */
  @Override
  public CompletionStage<List<Complaint>> look(CqlSession session, Grants grants) {
    CompletionStage<Set<Complaint>> looked =
        CompletableFuture.completedFuture(new LinkedHashSet<>());
    for (String topic : new TreeSet<>(mapping.topics())) {
      for (MappedTarget target : mapping.targets(topic)) {
        looked = looked.thenCompose(found -> look(session, grants, target, found));
      }
    }
    return looked.thenApply(List::copyOf);
  }

  private CompletionStage<Set<Complaint>> look(
      CqlSession session, Grants grants, MappedTarget target, Set<Complaint> found) {
    ttlFault(target).ifPresent(text -> found.add(Complaint.of(target.prefix() + "ttl", text)));
    return new TargetTable(session, connection, target)
        .look(grants, dryRun)
        .thenApply(
            complaints -> {
              found.addAll(complaints);
              return found;
            });
  }

  private void checkTtl(MappedTarget target) {
    ttlFault(target)
        .ifPresent(
            text -> {
              throw OpenException.fatal(text);
            });
  }

  /** The server would refuse every row, and each would look like a bad record. */
  private Optional<String> ttlFault(MappedTarget target) {
    int seconds = target.options().cassandra().ttlSeconds();
    return seconds > 0 && clock.millis() / 1000 + seconds > TtlPolicy.MAX_EXPIRY_EPOCH_SECONDS
        ? Optional.of(
            target.prefix()
                + "ttl ends after the last expiry date that Cassandra can store, in 2038")
        : Optional.empty();
  }
}
