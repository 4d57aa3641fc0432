package io.datapoints.connect.store.cassandra;

import io.datapoints.connect.model.MappedRecord;
import io.datapoints.connect.model.RecordOrigin;
import io.datapoints.connect.store.Row;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Plan and bind of a mapped row with seven flat columns, of which three are the key, for values
 * that are decoded already. Time is that of one row.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    jvmArgs = {"-Xmx1g", "-XX:+UseSerialGC"})
public class TableToBatchBenchmark {

  private static final int ROWS = 100_000;
  private static final int BATCH = 250;
  private static final int DEVICES = 400;
  private static final long START = 1_700_000_000_000L;

  private final BindingStore store = BindingStore.ofTable();
  private final List<MappedRecord> cells = new ArrayList<>(ROWS);
  private int next;

  /** Makes the values. */
  @Setup
  public void start() {
    for (int offset = 0; offset < ROWS; offset++) {
      List<Object> values =
          Arrays.asList(
              "device-" + offset / BATCH % DEVICES,
              START + offset,
              offset % 16,
              offset * 0.25,
              (long) offset,
              "state-" + offset % 7,
              offset % 2 == 0);
      RecordOrigin origin = new RecordOrigin("t", 0, offset, START + offset);
      cells.add(new MappedRecord("t", 0, values.toArray(), null, false, origin));
    }
  }

  /** The rows of a batch, planned and bound. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public long planAndBind() {
    int first = next++ % (ROWS / BATCH) * BATCH;
    List<Row> rows = new ArrayList<>(BATCH);
    for (int row = first; row < first + BATCH; row++) {
      rows.add((Row) store.plan(cells.get(row)));
    }
    store.write(rows);
    return store.bound;
  }
}
