package io.datapoints.connect.store.mongodb;

import io.datapoints.connect.model.MappedRecord;
import io.datapoints.connect.store.Row;
import io.datapoints.connect.store.mongodb.bulk.Operation;
import io.datapoints.connect.store.mongodb.documents.DocumentLayout;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Planning and encoding one document of seven flat fields, two of them its key. Run with {@code
 * -prof gc} for the bytes allocated.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class DocumentBenchmark {

  private static final int ROWS = 250;

  private static final Target ASSIGNED =
      Target.of("shop", "orders", "id", "at", "customer", "total", "items", "paid", "note")
          .keyed("id", "at");
  private static final Target REST = Target.of("shop", "orders").rest().keyed("id", "at");

  private final DocumentLayout assigned = MappedDocuments.layout(ASSIGNED);
  private final DocumentLayout rest = MappedDocuments.layout(REST);
  private final List<MappedRecord> byAssignment =
      IntStream.range(0, ROWS).mapToObj(this::cells).toList();
  private final List<MappedRecord> byRest =
      IntStream.range(0, ROWS).mapToObj(this::cellsOfRest).toList();
  private final List<MappedRecord> hot =
      IntStream.range(0, ROWS).mapToObj(i -> Target.cells(i, values(7))).toList();

  private MappedRecord cells(int number) {
    return Target.cells(number, values(number));
  }

  private MappedRecord cellsOfRest(int number) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    Object[] values = values(number);
    for (int i = 0; i < values.length; i++) {
      fields.put(ASSIGNED.paths().get(i), values[i]);
    }
    return Target.cellsOf(0, number, fields);
  }

  private static Object[] values(int number) {
    return new Object[] {
      "order-" + number,
      Instant.ofEpochMilli(1_700_000_000_000L + number),
      "customer-" + number % 17,
      12.5 + number,
      3L,
      true,
      "leave it at the door"
    };
  }

  /** Each field by an assignment. */
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public List<Operation> assignedFields() {
    return operations(assigned, byAssignment);
  }

  /** All fields by the rest. */
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public List<Operation> fieldsOfTheRest() {
    return operations(rest, byRest);
  }

  /** One document rewritten by every row. */
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public List<Operation> oneDocument() {
    return operations(assigned, hot);
  }

  private static List<Operation> operations(DocumentLayout layout, List<MappedRecord> cells) {
    List<Row> rows = cells.stream().map(each -> TestStores.row(layout.plan(each))).toList();
    return TestStores.operations(layout, rows, 0, rows.size());
  }
}
