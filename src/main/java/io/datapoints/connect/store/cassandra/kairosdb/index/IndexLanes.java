package io.datapoints.connect.store.cassandra.kairosdb.index;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.Statement;
import io.datapoints.connect.model.SipHash.Fingerprint;
import io.datapoints.connect.store.SharedLimits;
import io.datapoints.connect.store.cassandra.failure.Failures;
import io.datapoints.connect.store.cassandra.request.RowBatch;
import io.datapoints.connect.store.cassandra.request.SharedBatchLimits;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows of the index in rounds, as a database commits in groups: what comes while a round is
 * under way waits, and all that waits is the next round. So the more there is to write, the fuller
 * the requests are. Each set of replicas has a lane of its own, in which partitions share requests;
 * a partition whose replicas are not known has one alone.
 *
 * <p>No lane holds more than is asked for, and that is what the requests under way need that wait
 * for it. Used on any thread; rows are told their answers on the driver's threads.
 */
final class IndexLanes {

  /** Of one partition; those are one mutation, of which no server says that it is too large. */
  private static final int MOST_ROWS = 100;

  private final CqlSession session;
  private final Function<ByteBuffer[], @Nullable Object> groups;
  private final SharedBatchLimits limits;

  /** Those with a round under way, by group or partition. Guarded by this. */
  private final Map<Object, Lane> lanes = new HashMap<>();

  /** A row to be written. */
  interface Row {

    /** What it is of. */
    IndexRows.Row content();

    /** Binds it, when it is sent; each time in the same way. */
    BoundStatement bind();

    /** Tells how its write ended, once. */
    void written(@Nullable Throwable error);
  }

  /** A row with what decides about its way. */
  private record Waiting(Row row, Fingerprint partition, int bytes) {}

  /** Guarded by the lanes. */
  private static final class Lane {
    final Object id;
    List<Waiting> waiting = new ArrayList<>();
    int underWay;

    Lane(Object id) {
      this.id = id;
    }
  }

  /**
   * What is sent at once.
   *
   * @param rows those of a partition are neighbours
   */
  private record Request(Lane lane, List<Waiting> rows, int partitions) {

    long bytes() {
      return rows.stream().mapToLong(Waiting::bytes).sum();
    }
  }

  /**
   * @param groups the replicas of a partition key, null where they are not known
   */
  IndexLanes(
      CqlSession session,
      Function<ByteBuffer[], @Nullable Object> groups,
      SharedBatchLimits limits) {
    this.session = session;
    this.groups = groups;
    this.limits = limits;
  }

  /** Writes rows, now or in the next rounds of their lanes. */
  void write(List<? extends Row> rows) {
    List<Object> ids = new ArrayList<>(rows.size());
    List<Waiting> all = new ArrayList<>(rows.size());
    for (Row row : rows) {
      Fingerprint partition = row.content().partition();
      Object group = groups.apply(row.content().partitionKey());
      ids.add(group == null ? partition : group);
      all.add(new Waiting(row, partition, row.content().bytes()));
    }
    List<Request> requests = new ArrayList<>();
    synchronized (this) {
      Set<Lane> idle = new LinkedHashSet<>();
      for (int i = 0; i < all.size(); i++) {
        Lane lane = lanes.computeIfAbsent(ids.get(i), Lane::new);
        lane.waiting.add(all.get(i));
        if (lane.underWay == 0) {
          idle.add(lane);
        }
      }
      idle.forEach(lane -> requests.addAll(nextRound(lane)));
    }
    requests.forEach(this::send);
  }

  private List<Request> nextRound(Lane lane) {
    Map<Fingerprint, List<Waiting>> partitions = byPartition(lane.waiting);
    lane.waiting = new ArrayList<>();
    List<Request> requests = requests(lane, partitions);
    lane.underWay = requests.size();
    return requests;
  }

  private static Map<Fingerprint, List<Waiting>> byPartition(List<Waiting> rows) {
    Map<Fingerprint, List<Waiting>> partitions = new LinkedHashMap<>();
    for (Waiting row : rows) {
      partitions.computeIfAbsent(row.partition(), unseen -> new ArrayList<>()).add(row);
    }
    return partitions;
  }

  /** Partitions share a request as long as it is within the limits. */
  private List<Request> requests(Lane lane, Map<Fingerprint, List<Waiting>> partitions) {
    SharedLimits most = limits.current();
    List<Request> requests = new ArrayList<>();
    List<Waiting> shared = new ArrayList<>();
    int sharing = 0;
    long bytes = 0;
    for (List<Waiting> rows : partitions.values()) {
      long more = rows.stream().mapToLong(Waiting::bytes).sum();
      if (more > most.bytes() || rows.size() > MOST_ROWS) {
        for (int from = 0; from < rows.size(); from += MOST_ROWS) {
          int to = Math.min(rows.size(), from + MOST_ROWS);
          requests.add(new Request(lane, rows.subList(from, to), 1));
        }
        continue;
      }
      if (sharing > 0 && (sharing == most.partitions() || bytes + more > most.bytes())) {
        requests.add(new Request(lane, shared, sharing));
        shared = new ArrayList<>();
        sharing = 0;
        bytes = 0;
      }
      shared.addAll(rows);
      sharing++;
      bytes += more;
    }
    if (sharing > 0) {
      requests.add(new Request(lane, shared, sharing));
    }
    return requests;
  }

  private void send(Request request) {
    CompletionStage<?> sent;
    try {
      Statement<?> statement = RowBatch.of(request.rows(), waiting -> waiting.row().bind());
      sent = session.executeAsync(statement);
    } catch (RuntimeException e) {
      // The driver rejects some requests synchronously, such as those on a closed session.
      sent = CompletableFuture.failedFuture(e);
    }
    sent.whenComplete((done, error) -> answered(request, error));
  }

  private void answered(Request request, @Nullable Throwable error) {
    List<Request> next = error == null ? List.of() : parts(request, error);
    if (next.isEmpty()) {
      request.rows().forEach(waiting -> waiting.row().written(error));
    }
    Lane lane = request.lane();
    synchronized (this) {
      lane.underWay += next.size() - 1;
      if (lane.underWay == 0) {
        if (lane.waiting.isEmpty()) {
          lanes.remove(lane.id);
        } else {
          next = nextRound(lane);
        }
      }
    }
    next.forEach(this::send);
  }

  /**
   * What is sent instead of a request that failed; nothing where the error holds for all its rows.
   * A partition that is away fails alone, and so does a row that is at fault.
   */
  private List<Request> parts(Request request, Throwable error) {
    List<Waiting> rows = request.rows();
    if (request.partitions() > 1) {
      if (Failures.saysTooLarge(error)) {
        limits.tooLarge(request.partitions(), request.bytes());
      }
      if (Failures.isRetriable(error)) {
        return byPartition(rows).values().stream()
            .map(each -> new Request(request.lane(), each, 1))
            .toList();
      }
    }
    if (rows.size() == 1 || !Failures.mayBlameRows(error)) {
      return List.of();
    }
    int half = rows.size() / 2;
    return List.of(
        part(request, rows.subList(0, half)), part(request, rows.subList(half, rows.size())));
  }

  private static Request part(Request request, List<Waiting> rows) {
    return new Request(request.lane(), rows, byPartition(rows).size());
  }
}
