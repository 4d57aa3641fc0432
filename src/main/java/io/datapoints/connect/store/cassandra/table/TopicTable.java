package io.datapoints.connect.store.cassandra.table;

import com.datastax.oss.driver.api.core.CqlSession;
import io.datapoints.connect.config.cassandra.CassandraConfig;
import io.datapoints.connect.config.mapping.MappedTarget;
import io.datapoints.connect.config.mapping.MappedTarget.TableToCreate;
import io.datapoints.connect.model.MappedRecord;
import io.datapoints.connect.store.Cause;
import io.datapoints.connect.store.Outcome;
import io.datapoints.connect.store.Plan;
import io.datapoints.connect.store.RefusedTopics;
import io.datapoints.connect.store.StoreException;
import io.datapoints.connect.store.cassandra.codec.ValueBytes;
import io.datapoints.connect.store.cassandra.failure.Failures;
import io.datapoints.connect.store.cassandra.request.Replicas;
import io.datapoints.connect.store.cassandra.request.SharedBatchLimits;
import io.datapoints.connect.store.cassandra.schema.LiveTable;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One table that receives records, in its current version. The schema is checked again when the
 * server rejects a statement, when a record has a new field, and at intervals. Rows that were
 * planned for an earlier version of the table are planned again.
 *
 * <p>Plans on the task thread; all other work runs on the task thread and the driver's threads.
 */
public final class TopicTable {

  private static final Logger log = LoggerFactory.getLogger(TopicTable.class);

  /** The interval between schema checks while there is no sign of a change. */
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(10);

  /**
   * How long an operator may take to drop a table or a column and create the next one. A problem
   * that lasts longer is fatal: for the topic if that may be refused, otherwise for the task.
   */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final long NEVER = -1;

  /**
   * The source of rows.
   *
   * @param target the position among the targets of the topic
   */
  public record TopicTarget(String topic, int target) {}

  private final TopicTarget topicTarget;
  private final CqlSession session;
  private final MappedTarget target;
  private final RefusedTopics refused;
  private final Clock clock;
  private final TargetTable table;
  private final TableStatements statements;
  private final Replicas replicas;
  private final SharedBatchLimits sharedLimits;
  private final UnknownNames unknownNames = new UnknownNames();
  private final AtomicReference<@Nullable CompletableFuture<RowPlanner>> look =
      new AtomicReference<>();

  private volatile @Nullable RowPlanner planner;
  private volatile long lookedAt;
  private volatile long troubleSince = NEVER;

  public TopicTable(
      TopicTarget topicTarget,
      CqlSession session,
      CassandraConfig connection,
      MappedTarget target,
      RefusedTopics refused,
      SharedBatchLimits sharedLimits,
      Clock clock) {
    this.topicTarget = topicTarget;
    this.session = session;
    this.target = target;
    this.refused = refused;
    this.clock = clock;
    this.table = new TargetTable(session, connection, target);
    this.statements = new TableStatements(session, target);
    this.replicas = new Replicas(session, connection.localDatacenter(), target.database());
    this.sharedLimits = sharedLimits;
  }

  /** The topic and target of the rows: the same table may be a target of several topics. */
  TopicTarget topicTarget() {
    return topicTarget;
  }

  UnknownNames unknownNames() {
    return unknownNames;
  }

  /**
   * Finds or creates the table, checks the mapping against it and prepares the statements. Fails
   * with a {@link StoreException} or an exception of the driver.
   *
   * @param creates whether this task creates missing tables
   * @param ensured whether the table is known to exist: the nodes that lack it lag behind, and may
   *     seem to agree until they hear of its creation
   */
  CompletionStage<TopicTable> open(boolean creates, boolean ensured) {
    return table
        .found()
        .thenCompose(live -> live.isPresent() ? done(live) : made(creates, ensured))
        .thenCompose(live -> statements.prepare(checked(live)))
        .thenApply(this::adopt)
        .thenApply(adopted -> this);
  }

  /** Checks a table that was opened before; fails like {@link #open}. */
  CompletionStage<TopicTable> openAgain() {
    return look().thenApply(looked -> this);
  }

  private CompletionStage<Optional<LiveTable>> made(boolean creates, boolean ensured) {
    if (ensured) {
      throw StoreException.retry(
          Cause.SCHEMA, "waiting for a node to apply the schema of " + table.name());
    }
    TableToCreate wanted = target.options().cassandra().create();
    if (wanted == null || !table.isCreatable()) {
      return done(Optional.empty());
    }
    if (!creates) {
      throw StoreException.retry(
          Cause.SCHEMA, "waiting for the first task to create " + table.name());
    }
    return table.create(wanted);
  }

  private LiveTable checked(Optional<LiveTable> found) {
    LiveTable live =
        found.orElseThrow(
            () ->
                StoreException.fatal(target.prefix() + "mapping: " + table.name() + " is missing"));
    for (String complaint : table.complaints(live)) {
      throw StoreException.fatal(complaint);
    }
    return live;
  }

  private RowPlanner adopt(TableForm form) {
    RowPlanner before = planner;
    RowPlanner adopted =
        new RowPlanner(this, target, form, before == null ? 0 : before.number() + 1);
    if (before == null && !form.growingLists().isEmpty()) {
      log.warn(
          "{}mapping: a record that is delivered again adds its elements once more to {}; a frozen"
              + " list does not grow",
          target.prefix(),
          form.growingLists());
    }
    planner = adopted;
    lookedAt = clock.millis();
    return adopted;
  }

  Plan plan(MappedRecord record, PartitionMemo memo, ValueBytes bytes) {
    return current().plan(record, clock.millis(), memo, bytes);
  }

  private RowPlanner current() {
    return Objects.requireNonNull(planner, "open() comes first");
  }

  /** The partitions of this table that may share a request with this one. */
  @Nullable Object group(TablePartition partition) {
    return current().form().isShareable() ? replicas.group(partition.columns()) : null;
  }

  /** Writes rows of one group; failures become outcomes, never exceptions. */
  CompletionStage<Outcome> write(List<TableRow> rows) {
    return written(rows).thenApply(outcome -> ofTopic(outcome, rows.size()));
  }

  /** Turns a fatal problem of the table into a refusal of its topic, if that may be refused. */
  private Outcome ofTopic(Outcome outcome, int rows) {
    if (!(outcome instanceof Outcome.Fatal fatal)
        || !(fatal.cause() instanceof StoreException)
        || !refused.mayRefuse(topicTarget.topic())) {
      return outcome;
    }
    refused.refuse(topicTarget.topic(), fatal.reason());
    return new Outcome.Mixed(Collections.nCopies(rows, new Outcome.Refused(fatal.reason())));
  }

  private CompletionStage<Outcome> written(List<TableRow> rows) {
    long unknownSince = rows.stream().mapToLong(TableRow::unknownSince).max().orElse(NEVER);
    boolean newName = unknownNames.isOpen(unknownSince);
    if (!newName && clock.millis() - lookedAt < LOOK_AGAIN.toMillis()) {
      return attempt(current(), rows);
    }
    return lookAfter(newName ? unknownSince : unknownNames.begun() - 1)
        .handle(
            (looked, error) ->
                error == null ? attempt(looked, rows) : done(Failures.ofOpening(error)))
        .thenCompose(outcome -> outcome);
  }

  private CompletionStage<Outcome> attempt(RowPlanner version, List<TableRow> rows) {
    return new TableWrite(session, target, version, sharedLimits, () -> schemaProblem(version))
        .of(rows);
  }

  /**
   * Checks the schema after the server found a statement invalid. If the table has changed, the
   * next attempt plans the rows again.
   */
  private CompletionStage<Optional<String>> schemaProblem(RowPlanner used) {
    return lookAfter(unknownNames.begun())
        .thenApply(
            looked -> {
              if (looked != used) {
                throw StoreException.retry(
                    Cause.SCHEMA, "the schema of " + table.name() + " has changed");
              }
              return Optional.empty();
            });
  }

  /**
   * Completes with a schema check that began after this number of others.
   *
   * @param moment how many schema checks had begun
   */
  private CompletionStage<RowPlanner> lookAfter(long moment) {
    return look()
        .thenCompose(
            looked -> unknownNames.hasEndedAfter(moment) ? done(looked) : lookAfter(moment));
  }

  /** Runs one schema check at a time: callers share a check that is in progress. */
  private CompletionStage<RowPlanner> look() {
    CompletableFuture<RowPlanner> mine = new CompletableFuture<>();
    CompletableFuture<RowPlanner> underWay = look.compareAndExchange(null, mine);
    if (underWay != null) {
      return underWay;
    }
    Set<String> asked = unknownNames.begin();
    RowPlanner before = current();
    CompletionStage<RowPlanner> looking;
    try {
      looking = looked(before);
    } catch (RuntimeException e) {
      // The driver throws some errors at once, for example for a closed session.
      looking = CompletableFuture.failedFuture(e);
    }
    looking.whenComplete(
        (looked, error) -> {
          if (error == null) {
            troubleSince = NEVER;
            lookedAt = clock.millis();
            unknownNames.end(asked, looked != before);
          }
          look.set(null);
          if (error == null) {
            mine.complete(looked);
          } else {
            mine.completeExceptionally(patient(Failures.unwrap(error)));
          }
        });
    return mine;
  }

  private CompletionStage<RowPlanner> looked(RowPlanner before) {
    return table
        .found()
        .thenApply(this::checked)
        .thenCompose(
            live ->
                live.version().equals(before.form().live().version())
                    ? done(before)
                    : statements.prepare(live).thenApply(this::adopt));
  }

  /** Retries fatal errors for a while: a schema change may be in progress. */
  private Throwable patient(Throwable error) {
    if (!(error instanceof StoreException known) || !known.isFatal()) {
      return error;
    }
    long now = clock.millis();
    if (troubleSince == NEVER) {
      troubleSince = now;
    }
    String reason = "the schema has changed: " + known.getMessage();
    return now - troubleSince < PATIENCE.toMillis()
        ? StoreException.retry(Cause.SCHEMA, reason)
        : StoreException.fatal(reason);
  }

  private static <T> CompletionStage<T> done(T value) {
    return CompletableFuture.completedFuture(value);
  }
}
