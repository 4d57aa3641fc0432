package io.datapoints.connect.benchmark;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchStatementBuilder;
import com.datastax.oss.driver.api.core.cql.DefaultBatchType;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Statement;
import io.datapoints.connect.kit.CassandraNode;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What the driver can do with the same rows: statements or unlogged batches, a fixed number of them
 * in flight, no Kafka and no index rows.
 */
final class RawDriver {

  static final int ROWS_PER_BATCH = 250;
  static final int IN_FLIGHT = 32;

  private final CqlSession session;
  private final CassandraNode cassandra;

  RawDriver(CqlSession session, CassandraNode cassandra) {
    this.session = session;
    this.cassandra = cassandra;
  }

  /**
   * What shares a batch.
   *
   * @param rows of a batch; one goes as a statement of its own
   * @param partitions which they belong to: one, or as many as there are rows
   */
  record Shape(int rows, int partitions) {

    static final Shape ONE_PARTITION = new Shape(ROWS_PER_BATCH, 1);

    static Shape acrossPartitions(int partitions) {
      return new Shape(partitions, partitions);
    }

    @Override
    public String toString() {
      if (rows == 1) {
        return "a statement each";
      }
      return rows + (partitions == 1 ? " rows of a partition" : " partitions a batch");
    }

    /** How far apart the rows of a batch are among the content's records. */
    private int stride(TopicContent content) {
      return partitions == 1 ? content.keys() : 1;
    }
  }

  /** A third of the time is enough: the server is warm, and the loop is small. */
  void warmUp(BenchmarkSettings settings, TopicContent content, RawRows rows, Shape shape)
      throws InterruptedException {
    long started = System.nanoTime();
    while (Cases.isYoungerThan(started, settings.warmUp().dividedBy(3))) {
      write("warm-up", content, rows, shape);
    }
  }

  /** Writes a row for each record and returns once everything is acknowledged. */
  Measurement write(String label, TopicContent content, RawRows rows, Shape shape)
      throws InterruptedException {
    PreparedStatement insert = session.prepare(rows.insert());
    Semaphore permits = new Semaphore(IN_FLIGHT);
    AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    long started = System.nanoTime();
    Duration clientCpu = ownCpuTime();
    Duration cassandraCpu = cassandra.process().cpuTime();
    int stride = shape.stride(content);
    long requests = 0;
    for (long block = 0; block < content.records(); block += (long) shape.rows() * stride) {
      long end = Math.min(block + (long) shape.rows() * stride, content.records());
      for (long first = block; first < Math.min(block + stride, end); first++) {
        permits.acquire();
        requests++;
        session
            .executeAsync(request(insert, content, rows, first, end, stride))
            .whenComplete(
                (result, error) -> {
                  failure.compareAndSet(null, error);
                  permits.release();
                });
      }
    }
    permits.acquire(IN_FLIGHT);
    Throwable failed = failure.get();
    if (failed != null) {
      throw new IllegalStateException("the driver loop failed", failed);
    }
    long records = content.records();
    return new Measurement(
        label,
        records,
        Duration.ofNanos(System.nanoTime() - started),
        ownCpuTime().minus(clientCpu),
        cassandra.process().cpuTime().minus(cassandraCpu),
        new Counts(records, requests * (double) shape.partitions(), requests, 0));
  }

  private static Statement<?> request(
      PreparedStatement insert,
      TopicContent content,
      RawRows rows,
      long first,
      long end,
      int stride) {
    if (first + stride >= end) {
      return insert
          .bind(rows.source().values(content.key(first), content.number(first)))
          .setConsistencyLevel(DefaultConsistencyLevel.LOCAL_QUORUM);
    }
    BatchStatementBuilder batch =
        BatchStatement.builder(DefaultBatchType.UNLOGGED)
            .setConsistencyLevel(DefaultConsistencyLevel.LOCAL_QUORUM);
    for (long position = first; position < end; position += stride) {
      batch.addStatement(
          insert.bind(rows.source().values(content.key(position), content.number(position))));
    }
    return batch.build();
  }

  private static Duration ownCpuTime() {
    return ProcessHandle.current()
        .info()
        .totalCpuDuration()
        .orElseThrow(() -> new IllegalStateException("this system does not count processor time"));
  }
}
