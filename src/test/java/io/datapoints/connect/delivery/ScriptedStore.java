package io.datapoints.connect.delivery;

import io.datapoints.connect.model.DataPoint;
import io.datapoints.connect.model.Sample;
import io.datapoints.connect.model.Value.LongValue;
import io.datapoints.connect.store.Cause;
import io.datapoints.connect.store.Outcome;
import io.datapoints.connect.store.PartitionKey;
import io.datapoints.connect.store.Plan;
import io.datapoints.connect.store.Row;
import io.datapoints.connect.store.SharedLimits;
import io.datapoints.connect.store.Store;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A store in memory whose every answer a test decides, and which checks what the engine promises to
 * stores.
 */
public final class ScriptedStore implements Store {

  /**
   * One of a table.
   *
   * @param name begins with its table and a dot, where there are several tables
   */
  public record Partition(String name) implements PartitionKey {
    @Override
    public int heapBytes() {
      return 0;
    }

    @Override
    public Object table() {
      return name.substring(0, name.indexOf('.') + 1);
    }
  }

  public record TestRow(Partition partition, long key, long value) implements Row {
    @Override
    public int bytes() {
      return 10;
    }

    @Override
    public int heapBytes() {
      return 10;
    }

    @Override
    public int compareClusteringKey(Row other) {
      return Long.compare(key, ((TestRow) other).key);
    }
  }

  /** A row of a store with a bug. */
  private record BrokenRow() implements Row {
    @Override
    public PartitionKey partition() {
      throw new IllegalStateException("secret");
    }

    @Override
    public int bytes() {
      return 10;
    }

    @Override
    public int heapBytes() {
      return 10;
    }

    @Override
    public int compareClusteringKey(Row other) {
      return 0;
    }
  }

  /** One attempt to write that has not been answered. */
  record Attempt(List<TestRow> rows, CompletableFuture<Outcome> answer) {

    /** That of the first row. */
    Partition partition() {
      return rows.get(0).partition();
    }

    Set<Partition> partitions() {
      return rows.stream().map(TestRow::partition).collect(Collectors.toSet());
    }
  }

  public static final Outcome AWAY =
      new Outcome.Unavailable(Cause.OVERLOAD, "away", new IllegalStateException("away"));

  /** Null for an answer that the test gives by hand. */
  private Function<List<TestRow>, Outcome> script = rows -> null;

  private SharedLimits limits = SharedLimits.NONE;

  private Outcome openOutcome = Outcome.Durable.DURABLE;
  final List<Attempt> unanswered = new ArrayList<>();
  public final List<List<TestRow>> attempts = new ArrayList<>();
  final Map<TestRow, Integer> durable = new HashMap<>();
  public final Map<String, Long> contents = new HashMap<>();
  private final Set<Partition> underWay = new HashSet<>();
  private final Set<String> unknownTopics = new HashSet<>();
  public int opens;
  public boolean closed;

  public void answerWith(Function<List<TestRow>, Outcome> newScript) {
    script = newScript;
  }

  public void acceptEverything() {
    answerWith(rows -> Outcome.Durable.DURABLE);
  }

  public void openWith(Outcome outcome) {
    openOutcome = outcome;
  }

  /** Makes this topic one that the store has to be opened for. */
  public void doesNotKnow(String topic) {
    unknownTopics.add(topic);
  }

  @Override
  public boolean covers(String topic) {
    return !unknownTopics.contains(topic);
  }

  @Override
  public CompletionStage<Outcome> open() {
    opens++;
    if (openOutcome == Outcome.Durable.DURABLE) {
      unknownTopics.clear();
    }
    return CompletableFuture.completedFuture(openOutcome);
  }

  @Override
  public Plan plan(Sample sample) {
    DataPoint point = (DataPoint) sample;
    long value = ((LongValue) point.value()).value();
    if (point.ttl() == 1) {
      return Plan.Expired.EXPIRED;
    }
    if (point.ttl() == 2) {
      return new Plan.Rejected("too long");
    }
    if (point.ttl() == 3) {
      return new BrokenRow();
    }
    return new TestRow(new Partition(point.series().name()), point.timestamp(), value);
  }

  /** Lets partitions of one table share a batch. */
  public void share(int partitions, long bytes) {
    limits = new SharedLimits(partitions, bytes);
  }

  @Override
  public Object group(PartitionKey partition) {
    return partition.table();
  }

  @Override
  public SharedLimits sharedLimits() {
    return limits;
  }

  private void checkShared(Attempt attempt) {
    long tables = attempt.partitions().stream().map(Partition::table).distinct().count();
    long bytes = attempt.rows().stream().mapToLong(TestRow::bytes).sum();
    if (tables > 1 || attempt.partitions().size() > limits.partitions() || bytes > limits.bytes()) {
      throw new AssertionError("more in a shared batch than the store takes: " + attempt.rows());
    }
  }

  @Override
  public CompletionStage<Outcome> write(List<Row> rows) {
    List<TestRow> typed = rows.stream().map(TestRow.class::cast).toList();
    Attempt attempt = new Attempt(typed, new CompletableFuture<>());
    if (attempt.partitions().size() > 1) {
      checkShared(attempt);
    }
    for (int i = 0; i < typed.size(); i++) {
      TestRow row = typed.get(i);
      if (i > 0 && typed.get(i - 1).partition().equals(row.partition())) {
        if (typed.get(i - 1).key() >= row.key()) {
          throw new AssertionError("rows out of order or of equal key");
        }
      } else if (!underWay.add(row.partition())) {
        throw new AssertionError(
            "two batches of " + row.partition() + " under way, or its rows are no neighbours");
      }
    }
    attempts.add(typed);
    Outcome outcome = script.apply(typed);
    if (outcome == null) {
      unanswered.add(attempt);
    } else {
      answer(attempt, outcome);
    }
    return attempt.answer();
  }

  public void answerAll(Outcome outcome) {
    List<Attempt> answered = List.copyOf(unanswered);
    unanswered.clear();
    answered.forEach(attempt -> answer(attempt, outcome));
  }

  void answer(Attempt attempt, Outcome outcome) {
    underWay.removeAll(attempt.partitions());
    for (int i = 0; i < attempt.rows().size(); i++) {
      Outcome each = outcome instanceof Outcome.Mixed mixed ? mixed.rows().get(i) : outcome;
      if (each == Outcome.Durable.DURABLE) {
        TestRow row = attempt.rows().get(i);
        durable.merge(row, 1, Integer::sum);
        contents.put(row.partition().name() + "/" + row.key(), row.value());
      }
    }
    attempt.answer().complete(outcome);
  }

  @Override
  public void close() {
    closed = true;
  }
}
