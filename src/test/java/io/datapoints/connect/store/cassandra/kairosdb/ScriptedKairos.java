package io.datapoints.connect.store.cassandra.kairosdb;

import static io.datapoints.connect.store.cassandra.TestStores.RECORD_TIME;
import static io.datapoints.connect.store.cassandra.TestStores.point;
import static io.datapoints.connect.store.cassandra.TestStores.series;
import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.cql.BatchStatement;
import io.datapoints.connect.config.cassandra.SharedBatches;
import io.datapoints.connect.kairosdb.format.ColumnUnit;
import io.datapoints.connect.kairosdb.format.RowLayout;
import io.datapoints.connect.kairosdb.format.TtlPolicy;
import io.datapoints.connect.model.DataPoint;
import io.datapoints.connect.model.Series;
import io.datapoints.connect.model.TtlLimits;
import io.datapoints.connect.store.Outcome;
import io.datapoints.connect.store.cassandra.ScriptedSession;
import io.datapoints.connect.store.cassandra.ScriptedSession.Sent;
import io.datapoints.connect.store.cassandra.kairosdb.index.IndexStatements;
import io.datapoints.connect.store.cassandra.kairosdb.index.IndexWriter;
import io.datapoints.connect.store.cassandra.request.Replicas;
import io.datapoints.connect.store.cassandra.request.SharedBatchLimits;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The layout on a session without a cluster, whose answers and times are the test's. */
abstract class ScriptedKairos {

  static final long NOW = RECORD_TIME + 1000;
  static final RowLayout ROWS = RowLayout.of(ColumnUnit.MILLISECONDS);

  final ScriptedSession scripted = new ScriptedSession();
  final Series series = series("load", "host", "a");
  Optional<String> schemaProblem = Optional.empty();
  int memory = 1024 * 1024;

  /** No replicas are known: each partition of the index goes alone. */
  Function<ByteBuffer[], @Nullable Object> groups = key -> null;

  Clock clock = Clock.fixed(Instant.ofEpochMilli(NOW), ZoneOffset.UTC);

  /** What waits for the time to pass. */
  final Queue<Runnable> timer = new ArrayDeque<>();

  KairosLayout layout = layout(Map.of());

  KairosLayout layout(Map<String, List<String>> indexedTags) {
    TtlPolicy policy =
        new TtlPolicy(0, false, false, ROWS.widthSeconds(), TtlLimits.LAST_EXPIRY_EPOCH_SECONDS);
    IndexStatements statements =
        IndexStatements.prepare(scripted.session(), "ks", !indexedTags.isEmpty())
            .toCompletableFuture()
            .join();
    SharedBatchLimits limits = new SharedBatchLimits(new SharedBatches(10, 5120));
    return new KairosLayout(
        scripted.session(),
        PointRow.prepare(scripted.session(), "ks").toCompletableFuture().join(),
        new KairosPlanner(ROWS, policy, new RowKeyCache(indexedTags), clock),
        new IndexWriter(
            scripted.session(),
            statements,
            indexedTags,
            key -> groups.apply(key),
            limits,
            memory,
            policy,
            timer::add,
            clock),
        new Replicas(scripted.session(), "datacenter1", "ks"),
        limits,
        () -> CompletableFuture.completedFuture(schemaProblem));
  }

  static int rows(Sent sent) {
    return sent.statement() instanceof BatchStatement batch ? batch.size() : 1;
  }

  void passTwice() {
    timer.remove().run();
    timer.remove().run();
  }

  /** What is sent one after the other, each acknowledged. */
  List<Sent> takeAll() {
    List<Sent> all = new ArrayList<>();
    for (List<Sent> next = scripted.take(); !next.isEmpty(); next = scripted.take()) {
      all.addAll(next);
      next.forEach(Sent::acknowledge);
    }
    return all;
  }

  CompletableFuture<Outcome> write(DataPoint... points) {
    return write(layout, points);
  }

  static CompletableFuture<Outcome> write(KairosLayout layout, DataPoint... points) {
    return layout
        .write(Stream.of(points).map(point -> (PointRow) layout.plan(point)).toList())
        .toCompletableFuture();
  }

  /** What leaves at once for these points. */
  List<Sent> sending(DataPoint... points) {
    assertThat(write(points)).isNotCompletedExceptionally();
    return scripted.take();
  }

  void acknowledge(CompletableFuture<Outcome> outcome) {
    while (!outcome.isDone()) {
      scripted.take().forEach(Sent::acknowledge);
    }
  }
}
