package io.datapoints.connect.benchmark;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchStatementBuilder;
import com.datastax.oss.driver.api.core.cql.DefaultBatchType;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import io.datapoints.connect.kairosdb.format.ValueCodec;
import io.datapoints.connect.kit.CassandraNode;
import io.datapoints.connect.model.Value;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What the driver can do with the same rows: unlogged batches of one partition each, a fixed number
 * of them in flight, no Kafka and no index rows.
 */
final class RawDriver {

  static final int ROWS_PER_BATCH = 250;
  static final int IN_FLIGHT = 32;

  private static final int NO_TTL = 0;
  private static final long WRITE_TIMESTAMP = Workload.ROW_TIME;

  private final CqlSession session;
  private final CassandraNode cassandra;
  private final PreparedStatement insert;

  RawDriver(CqlSession session, CassandraNode cassandra, String keyspace) {
    this.session = session;
    this.cassandra = cassandra;
    this.insert =
        session.prepare(
            "INSERT INTO "
                + keyspace
                + ".data_points (key, column1, value) VALUES (?, ?, ?)"
                + " USING TTL ? AND TIMESTAMP ?");
  }

  /** Writes the workload and returns once everything is acknowledged. */
  Measurement write(String label, Workload workload) throws InterruptedException {
    byte[][] keys = new byte[workload.series()][];
    for (int series = 0; series < keys.length; series++) {
      keys[series] = workload.rowKey(series);
    }
    Semaphore permits = new Semaphore(IN_FLIGHT);
    AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    long started = System.nanoTime();
    Duration clientCpu = ownCpuTime();
    Duration cassandraCpu = cassandra.process().cpuTime();
    for (int point = 0; point < workload.pointsPerSeries(); point += ROWS_PER_BATCH) {
      for (int series = 0; series < keys.length; series++) {
        permits.acquire();
        session
            .executeAsync(batch(workload, keys[series], series, point))
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
    return new Measurement(
        label,
        workload.rows(),
        Duration.ofNanos(System.nanoTime() - started),
        ownCpuTime().minus(clientCpu),
        cassandra.process().cpuTime().minus(cassandraCpu),
        ROWS_PER_BATCH);
  }

  private BatchStatement batch(Workload workload, byte[] key, int series, int firstPoint) {
    BatchStatementBuilder batch =
        BatchStatement.builder(DefaultBatchType.UNLOGGED)
            .setConsistencyLevel(DefaultConsistencyLevel.LOCAL_QUORUM);
    int end = Math.min(firstPoint + ROWS_PER_BATCH, workload.pointsPerSeries());
    for (int point = firstPoint; point < end; point++) {
      ByteBuffer column = ByteBuffer.allocate(Integer.BYTES);
      column.putInt(0, Workload.LAYOUT.column(workload.timestamp(point)));
      byte[] value = ValueCodec.encode(new Value.DoubleValue(workload.value(series, point)));
      batch.addStatement(
          insert.bind(
              ByteBuffer.wrap(key), column, ByteBuffer.wrap(value), NO_TTL, WRITE_TIMESTAMP));
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
