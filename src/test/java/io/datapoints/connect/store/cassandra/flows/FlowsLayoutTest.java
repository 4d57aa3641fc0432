package io.datapoints.connect.store.cassandra.flows;

import static io.datapoints.connect.store.cassandra.TestFlows.RECORD_TIME;
import static io.datapoints.connect.store.cassandra.TestFlows.WEB;
import static io.datapoints.connect.store.cassandra.TestFlows.flow;
import static io.datapoints.connect.store.cassandra.TestFlows.origin;
import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.DriverTimeoutException;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchType;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Statement;
import com.datastax.oss.driver.api.core.servererrors.InvalidQueryException;
import com.datastax.oss.driver.internal.core.util.RoutingKey;
import io.datapoints.connect.config.FlowsTableConfig;
import io.datapoints.connect.config.FlowsTableConfig.Bucket;
import io.datapoints.connect.model.Flow;
import io.datapoints.connect.store.Cause;
import io.datapoints.connect.store.Outcome;
import io.datapoints.connect.store.cassandra.ScriptedSession;
import io.datapoints.connect.store.cassandra.ScriptedSession.Sent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What leaves for the flows of one partition, byte by byte, and what becomes of the answer. */
class FlowsLayoutTest {

  private static final Instant NOW = Instant.ofEpochMilli(RECORD_TIME + 1000);

  private final ScriptedSession scripted = new ScriptedSession();
  private Optional<String> schemaProblem = Optional.empty();

  @Test
  void aLoneFlowTravelsAsAStatementOfItsOwn() {
    Flow flow = flow(WEB, -2, 65_535, 443, 0.5, origin(1_234, RECORD_TIME));
    BoundStatement statement = (BoundStatement) sending(Bucket.NONE, flow);
    assertThat(statement.getValues())
        .containsExactly(
            text("10.0.0.1"),
            text("10.0.0.2"),
            text("tcp"),
            int64(-2),
            int32(65_535),
            int32(443),
            int64(Double.doubleToRawLongBits(0.5)),
            int64(RECORD_TIME * 1000 + 1_234));
  }

  @Test
  void theBucketFollowsTheProtocol() {
    BoundStatement statement = (BoundStatement) sending(Bucket.HOUR, flow(-2, 1, 2, 3));
    assertThat(statement.getValues().subList(2, 5))
        .containsExactly(text("tcp"), int64(-3_600_000), int64(-2));
    assertThat(statement.getValues()).hasSize(9);
  }

  @Test
  void severalFlowsTravelAsOneUnloggedBatch() {
    BatchStatement batch =
        (BatchStatement)
            sending(
                Bucket.NONE,
                flow(9, 1, 443, 1),
                flow(9, 2, 443, 2),
                flow(8, 2, 80, 3),
                flow(9, 2, 443, 4));
    assertThat(batch.getBatchType()).isEqualTo(BatchType.UNLOGGED);
    assertThat(batch).extracting(row -> number(row, 3)).containsExactly(9L, 9L, 8L, 9L);
    assertThat(batch).extracting(row -> number(row, 4)).containsExactly(1L, 2L, 2L, 2L);
    assertThat(batch).extracting(row -> number(row, 5)).containsExactly(443L, 443L, 80L, 443L);
    assertThat(batch)
        .extracting(row -> ((BoundStatement) row).getBytesUnsafe(6).getDouble(0))
        .containsExactly(1.0, 2.0, 3.0, 4.0);
  }

  @Test
  void aBatchIsRoutedByItsPartition() {
    ByteBuffer plain = RoutingKey.compose(text("10.0.0.1"), text("10.0.0.2"), text("tcp"));
    ByteBuffer bucketed =
        RoutingKey.compose(text("10.0.0.1"), text("10.0.0.2"), text("tcp"), int64(0));
    for (Flow[] flows :
        List.of(new Flow[] {flow(1, 1, 1, 1)}, new Flow[] {flow(1, 1, 1, 1), flow(2, 1, 1, 1)})) {
      Statement<?> statement = sending(Bucket.NONE, flows);
      assertThat(statement.getRoutingKey()).isEqualTo(plain);
      assertThat(statement.getRoutingKeyspace()).isEqualTo(CqlIdentifier.fromInternal("ks"));
      assertThat(sending(Bucket.DAY, flows).getRoutingKey()).isEqualTo(bucketed);
    }
  }

  @Test
  void aWriteEndsWithItsAnswer() {
    CompletableFuture<Outcome> outcome = write(layout(Bucket.NONE), flow(1, 1, 1, 1));
    Sent sent = scripted.take().get(0);
    assertThat(outcome).isNotDone();
    sent.acknowledge();
    assertThat(outcome).isCompletedWithValue(Outcome.Durable.DURABLE);
  }

  @Test
  void aFailureIsClassified() {
    assertThat(failing(new DriverTimeoutException("slow"))).isInstanceOf(Outcome.Unavailable.class);
    InvalidQueryException invalid = new InvalidQueryException(null, "10.0.0.1 is odd");
    assertThat(failing(invalid))
        .isEqualTo(new Outcome.Declined(Cause.OTHER, "InvalidQueryException (0x2200)"));
    schemaProblem = Optional.of("table ks.metrics is missing");
    assertThat(((Outcome.Fatal) failing(invalid)).reason()).contains("table ks.metrics is missing");
    scripted.refuse(new IllegalStateException("Session is closed"));
    assertThat(write(layout(Bucket.NONE), flow(1, 1, 1, 1)).join())
        .isInstanceOf(Outcome.Fatal.class);
  }

  private Outcome failing(Throwable error) {
    CompletableFuture<Outcome> outcome = write(layout(Bucket.NONE), flow(1, 1, 1, 1));
    scripted.take().forEach(sent -> sent.fail(error));
    return outcome.join();
  }

  /** What leaves for these flows of one partition. */
  private Statement<?> sending(Bucket bucket, Flow... flows) {
    assertThat(write(layout(bucket), flows)).isNotCompletedExceptionally();
    List<Sent> sent = scripted.take();
    assertThat(sent).hasSize(1);
    return sent.get(0).statement();
  }

  private static CompletableFuture<Outcome> write(FlowsLayout layout, Flow... flows) {
    return layout
        .write(Stream.of(flows).map(flow -> (FlowRow) layout.plan(flow)).toList())
        .toCompletableFuture();
  }

  private FlowsLayout layout(Bucket bucket) {
    List<Integer> key = IntStream.range(0, bucket == Bucket.NONE ? 3 : 4).boxed().toList();
    PreparedStatement insert =
        ScriptedSession.prepare(
            FlowsTable.of(new FlowsTableConfig(bucket, ""), 0).insert("ks"), key);
    return new FlowsLayout(
        scripted.session(),
        insert,
        new FlowPlanner(new FlowPartitionCache(9, bucket), Clock.fixed(NOW, ZoneOffset.UTC)),
        () -> CompletableFuture.completedFuture(schemaProblem));
  }

  private static long number(Object row, int variable) {
    ByteBuffer bytes = ((BoundStatement) row).getBytesUnsafe(variable);
    return bytes.remaining() == Long.BYTES ? bytes.getLong(0) : bytes.getInt(0);
  }

  private static ByteBuffer text(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  private static ByteBuffer int32(int number) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(0, number);
  }

  private static ByteBuffer int64(long number) {
    return ByteBuffer.allocate(Long.BYTES).putLong(0, number);
  }
}
