package io.datapoints.connect.store.cassandra.table;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.servererrors.UnauthorizedException;
import io.datapoints.connect.config.CassandraSinkConfig;
import io.datapoints.connect.config.cassandra.CassandraConfig;
import io.datapoints.connect.config.mapping.MappedTarget;
import io.datapoints.connect.config.mapping.MappedTarget.TableToCreate;
import io.datapoints.connect.config.mapping.MappingConfig;
import io.datapoints.connect.store.RefusedTopics;
import io.datapoints.connect.store.StoreException;
import io.datapoints.connect.store.ValidationResult.SettingError;
import io.datapoints.connect.store.cassandra.failure.Failures;
import io.datapoints.connect.store.cassandra.request.CassandraLayout;
import io.datapoints.connect.store.cassandra.request.SharedBatchLimits;
import io.datapoints.connect.store.cassandra.schema.Ddl;
import io.datapoints.connect.store.cassandra.schema.Grants;
import io.datapoints.connect.store.cassandra.schema.LastExpiry;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/** Opens the tables of topics, as the topics appear. */
public final class TableOpener implements CassandraLayout.Factory {

  /**
   * How long other tasks wait for the first task to create a table. The first task may have no
   * partition of that topic, and so never see it. Up to doubled at random, so that the others do
   * not all create it at once.
   */
  private static final long HEAD_START_MS = 10_000;

  private final CassandraConfig connection;
  private final MappingConfig mapping;
  private final boolean dryRun;
  private final boolean createsSchema;
  private final boolean ensured;
  private final Clock clock;

  private final long headStart =
      ThreadLocalRandom.current().nextLong(HEAD_START_MS, 2 * HEAD_START_MS);

  /**
   * The topics to open, each with the time of its first request: those mapped by name, and others
   * with a mapping once they have records. The task thread adds to them.
   */
  private final Map<String, Long> wanted = new ConcurrentHashMap<>();

  private final RefusedTopics refused;

  private final Map<String, List<TopicTable>> tablesByTopic = new ConcurrentHashMap<>();

  /** Used by the layout, on the task thread. */
  private final PartitionMemo memo = new PartitionMemo();

  private final SharedBatchLimits sharedLimits;

  /**
   * @param createsSchema whether this is the one task that creates missing tables
   * @param ensured whether the tables are known to exist when they are opened
   */
  public TableOpener(
      CassandraSinkConfig config, boolean createsSchema, boolean ensured, Clock clock) {
    this.connection = config.cassandra();
    this.mapping = config.pipeline().mapping();
    this.dryRun = config.preflight().dryRun();
    this.createsSchema = createsSchema;
    this.ensured = ensured;
    this.clock = clock;
    this.refused = new RefusedTopics(mapping.topics(), clock);
    this.sharedLimits = new SharedBatchLimits(connection.sharedBatches());
    mapping.topics().forEach(this::want);
  }

  private void want(String topic) {
    wanted.putIfAbsent(topic, clock.millis());
  }

  /** A topic without a mapping needs no table: the decoder rejects its records one by one. */
  @Override
  public boolean covers(String recordTopic) {
    String topic = mapping.mappedAs(recordTopic);
    boolean ready =
        refused.plan(topic) == null ? tablesByTopic.containsKey(topic) : refused.holds(topic);
    if (ready || mapping.targets(topic).isEmpty()) {
      return true;
    }
    want(topic);
    return false;
  }

  @Override
  public CompletionStage<TableLayout> open(CqlSession session) {
    CompletionStage<Void> opened = CompletableFuture.completedFuture(null);
    refused.makeRoom();
    for (String topic : wanted.keySet()) {
      opened = opened.thenCompose(v -> open(session, topic));
    }
    return opened.thenApply(v -> new TableLayout(tablesByTopic, refused, memo, sharedLimits));
  }

  /** Opens the tables of a topic, or refuses the topic if only its tables are at fault. */
  private CompletionStage<Void> open(CqlSession session, String topic) {
    return CompletableFuture.completedFuture(topic)
        .thenCompose(each -> tables(session, each))
        .handle(
            (tables, error) -> {
              if (error == null) {
                tablesByTopic.put(topic, tables);
                refused.accept(topic);
              } else {
                refuse(topic, Failures.unwrap(error));
              }
              wanted.remove(topic);
              return null;
            });
  }

  /**
   * Refuses the topic for a fault of its own; throws any other error, and errors of the settings.
   */
  private void refuse(String topic, Throwable error) {
    boolean ofTopic =
        error instanceof StoreException known
            && known.isFatal()
            && refused.mayRefuse(topic)
            && !(isForbidden(error) && tablesByTopic.isEmpty());
    if (!ofTopic) {
      throw new CompletionException(error);
    }
    refused.refuse(topic, String.valueOf(error.getMessage()));
  }

  /** If no table is open yet, the user may lack the permission for all of them. */
  private static boolean isForbidden(Throwable error) {
    return error.getCause() instanceof UnauthorizedException;
  }

  private CompletionStage<List<TopicTable>> tables(CqlSession session, String topic) {
    List<TopicTable> before = tablesByTopic.get(topic);
    return before == null ? newTables(session, topic) : tablesAgain(before);
  }

  /** Checks tables again after an error; their rows may still be waiting. */
  private static CompletionStage<List<TopicTable>> tablesAgain(List<TopicTable> tables) {
    CompletionStage<List<TopicTable>> looked = CompletableFuture.completedFuture(tables);
    for (TopicTable table : tables) {
      looked = looked.thenCompose(v -> table.openAgain()).thenApply(v -> tables);
    }
    return looked;
  }

  private CompletionStage<List<TopicTable>> newTables(CqlSession session, String topic) {
    List<MappedTarget> targets = mapping.targets(topic);
    long waited = clock.millis() - wanted.getOrDefault(topic, 0L);
    // A refused topic has already waited.
    boolean creates = createsSchema || refused.plan(topic) != null || waited > headStart;
    List<TopicTable> tables = new ArrayList<>(targets.size());
    CompletionStage<Void> opened = CompletableFuture.completedFuture(null);
    // One after the other: concurrent changes cause schema disagreements.
    for (MappedTarget target : targets) {
      TopicTable.TopicTarget topicTarget =
          new TopicTable.TopicTarget(topic, targets.indexOf(target));
      TopicTable table =
          new TopicTable(topicTarget, session, connection, target, refused, sharedLimits, clock);
      opened =
          opened
              .thenCompose(v -> checkedTtl(session, target))
              .thenCompose(v -> table.open(creates, ensured))
              .thenAccept(tables::add);
    }
    return opened.thenApply(v -> List.copyOf(tables));
  }

  @Override
  public List<String> ddl() {
    // Several tables share a keyspace, and several topics a table.
    Set<String> statements = new LinkedHashSet<>();
    for (String topic : new TreeSet<>(mapping.topics())) {
      for (MappedTarget target : mapping.targets(topic)) {
        TableToCreate table = target.options().cassandra().create();
        if (table != null) {
          statements.add(Ddl.keyspace(target.database(), connection));
          statements.add(Ddl.table(target.database(), target.table(), table));
        }
      }
    }
    return List.copyOf(statements);
  }

  /** The same table may be a target of several topics. */
  @Override
  public CompletionStage<List<SettingError>> look(CqlSession session, Grants grants) {
    CompletionStage<Set<SettingError>> looked =
        CompletableFuture.completedFuture(new LinkedHashSet<>());
    for (String topic : new TreeSet<>(mapping.topics())) {
      for (MappedTarget target : mapping.targets(topic)) {
        looked = looked.thenCompose(found -> look(session, grants, target, found));
      }
    }
    return looked.thenApply(List::copyOf);
  }

  private CompletionStage<Set<SettingError>> look(
      CqlSession session, Grants grants, MappedTarget target, Set<SettingError> found) {
    return ttlFault(session, target)
        .thenCompose(
            fault -> {
              fault.ifPresent(text -> found.add(SettingError.of(target.prefix() + "ttl", text)));
              return new TargetTable(session, connection, target).look(grants, dryRun);
            })
        .thenApply(
            complaints -> {
              found.addAll(complaints);
              return found;
            });
  }

  private CompletionStage<Void> checkedTtl(CqlSession session, MappedTarget target) {
    return ttlFault(session, target)
        .thenAccept(
            fault ->
                fault.ifPresent(
                    text -> {
                      throw StoreException.fatal(text);
                    }));
  }

  /** Otherwise the server would reject every row, and each would look like a bad record. */
  private CompletionStage<Optional<String>> ttlFault(CqlSession session, MappedTarget target) {
    int seconds = target.options().cassandra().ttlSeconds();
    long ends = seconds > 0 ? clock.millis() / 1000 + seconds : 0;
    return LastExpiry.allows(session, ends)
        .thenApply(
            allowed ->
                allowed
                    ? Optional.empty()
                    : Optional.of(target.prefix() + "ttl" + LastExpiry.fault()));
  }
}
