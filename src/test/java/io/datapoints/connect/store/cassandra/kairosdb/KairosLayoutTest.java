package io.datapoints.connect.store.cassandra.kairosdb;

import static io.datapoints.connect.store.cassandra.TestStores.RECORD_TIME;
import static io.datapoints.connect.store.cassandra.TestStores.point;
import static io.datapoints.connect.store.cassandra.TestStores.series;
import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.DriverTimeoutException;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchType;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.servererrors.InvalidQueryException;
import io.datapoints.connect.kairosdb.format.RowKeyCodec;
import io.datapoints.connect.model.DataPoint;
import io.datapoints.connect.model.Series;
import io.datapoints.connect.model.Value;
import io.datapoints.connect.store.Cause;
import io.datapoints.connect.store.HandSetClock;
import io.datapoints.connect.store.Outcome;
import io.datapoints.connect.store.cassandra.ScriptedSession.Sent;
import io.datapoints.connect.store.cassandra.failure.Failures;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** In which order the rows of a write leave, and what is remembered of them. */
class KairosLayoutTest extends ScriptedKairos {

  @Test
  void thePointsLeaveOnlyWhenAllIndexRowsAreAcknowledged() {
    CompletableFuture<Outcome> outcome = write(point(series, 0, 1));
    List<Sent> index = scripted.take();
    assertThat(index)
        .extracting(Sent::table)
        .containsExactlyInAnyOrder("string_index", "row_key_time_index", "row_keys");
    index.subList(1, 3).forEach(Sent::acknowledge);
    assertThat(scripted.take()).isEmpty();
    index.get(0).acknowledge();
    List<Sent> data = scripted.take();
    assertThat(data).extracting(Sent::table).containsExactly("data_points");
    assertThat(outcome).isNotDone();
    data.get(0).acknowledge();
    assertThat(outcome).isCompletedWithValue(Outcome.Durable.DURABLE);
  }

  @Test
  void thePointsStayWhenAnIndexRowFailsAndTheIndexIsWrittenAgain() {
    CompletableFuture<Outcome> outcome = write(point(series, 0, 1));
    List<Sent> index = scripted.take();
    index.get(0).acknowledge();
    index.get(1).acknowledge();
    index.get(2).fail(new DriverTimeoutException("slow"));
    assertThat(outcome.join()).isInstanceOf(Outcome.Unavailable.class);
    assertThat(scripted.take()).isEmpty();
    assertThat(sending(point(series, 0, 1)))
        .extracting(Sent::table)
        .containsExactly(index.get(2).table());
  }

  @Test
  void knownIndexRowsAreNotWrittenAgain() {
    acknowledge(write(point(series, 0, 1)));
    assertThat(sending(point(series, 1, 1))).extracting(Sent::table).containsExactly("data_points");
    assertThat(sending(point(series("load", "host", "b"), 1, 1)))
        .extracting(Sent::table)
        .containsExactly("row_keys");
    assertThat(sending(point(series, ROWS.width(), 1)))
        .extracting(Sent::table)
        .containsExactlyInAnyOrder("row_keys", "row_key_time_index");
  }

  /** KairosDB may have deleted them since. */
  @Test
  void indexRowsThatWereWrittenAnHourAgoAreWrittenAgain() {
    HandSetClock later = new HandSetClock();
    clock = later;
    layout = layout(Map.of());
    acknowledge(write(point(series, 0, 1)));
    later.forward(Duration.ofHours(1).minusSeconds(2));
    assertThat(sending(point(series, 1, 1))).extracting(Sent::table).containsExactly("data_points");
    later.forward(Duration.ofSeconds(2));
    assertThat(sending(point(series, 2, 1)))
        .extracting(Sent::table)
        .containsExactlyInAnyOrder("string_index", "row_key_time_index", "row_keys");
  }

  /** KairosDB may have deleted them since, and no other point may ever come. */
  @Test
  void indexRowsThatAPointReliedOnAreWrittenOnceMore() {
    acknowledge(write(point(series, 0, 1)));
    assertThat(timer).as("all were written just before").isEmpty();

    acknowledge(write(point(series, 1, 1)));
    timer.remove().run();
    assertThat(scripted.take()).as("clocks differ").isEmpty();
    timer.remove().run();
    assertThat(takeAll())
        .extracting(Sent::table)
        .containsExactlyInAnyOrder("string_index", "row_key_time_index", "row_keys");
    assertThat(timer).isEmpty();
  }

  @Test
  void whatIsWrittenOnceMoreTravelsInFewRequests() {
    for (int host = 0; host < 30; host++) {
      Series each = series("load", "host", "h" + host);
      acknowledge(write(point(each, 0, 1)));
      acknowledge(write(point(each, 1, 1)));
    }
    passTwice();
    List<Sent> again = takeAll();
    assertThat(again)
        .extracting(Sent::table)
        .containsExactlyInAnyOrder("string_index", "row_key_time_index", "row_keys");
    assertThat(again).extracting(ScriptedKairos::rows).containsExactlyInAnyOrder(1, 1, 30);
  }

  @Test
  void whatCannotBeWrittenOnceMoreWaitsForItsNextTurn() {
    acknowledge(write(point(series, 0, 1)));
    acknowledge(write(point(series, 1, 1)));
    passTwice();
    scripted.take().forEach(sent -> sent.fail(new DriverTimeoutException("slow")));
    passTwice();
    assertThat(takeAll()).hasSize(3);
  }

  @Test
  void nothingWaitsOnAfterTheSessionIsClosed() {
    acknowledge(write(point(series, 0, 1)));
    acknowledge(write(point(series, 1, 1)));
    scripted.close();
    timer.remove().run();
    assertThat(timer).isEmpty();
    assertThat(scripted.take()).isEmpty();
  }

  /** A re-import of old records after a deletion. */
  @Test
  void indexRowsCarryThePresentHoweverOldTheRecordIs() {
    Sent name =
        sending(point(series, 0, new Value.LongValue(1), 0, 1_000)).stream()
            .filter(sent -> sent.table().equals("string_index"))
            .findAny()
            .orElseThrow();
    assertThat(((BoundStatement) name.statement()).getBytesUnsafe(3).getLong(0)).isEqualTo(NOW);
  }

  @Test
  void aPointThatOutlivesItsIndexEntriesRenewsThem() {
    acknowledge(write(point(series, 0, new Value.LongValue(1), 100, RECORD_TIME)));
    assertThat(sending(point(series, 1, new Value.LongValue(1), 200, RECORD_TIME)))
        .extracting(Sent::table)
        .containsExactly("data_points");
    assertThat(sending(point(series, 1, new Value.LongValue(1), 0, RECORD_TIME)))
        .extracting(Sent::table)
        .containsExactlyInAnyOrder("row_keys", "row_key_time_index");
  }

  @Test
  void indexedTagsAreWrittenWithTheRowKey() {
    KairosLayout indexing = layout(Map.of("load", List.of("host")));
    DataPoint point = point(series, 0, 1);
    PointRow row = (PointRow) indexing.plan(point);
    CompletableFuture<Outcome> outcome = indexing.write(List.of(row)).toCompletableFuture();
    List<Sent> index = scripted.take();
    assertThat(index)
        .extracting(Sent::table)
        .containsExactlyInAnyOrder(
            "string_index", "row_key_time_index", "row_keys", "tag_indexed_row_keys");
    index.forEach(Sent::acknowledge);
    scripted.take().forEach(Sent::acknowledge);
    assertThat(outcome).isCompletedWithValue(Outcome.Durable.DURABLE);
  }

  @Test
  void aLonePointTravelsAsAStatementOfItsOwn() {
    acknowledge(write(point(series, 0, 1)));
    BoundStatement statement =
        (BoundStatement)
            sending(point(series, 5, new Value.LongValue(-65), 7, RECORD_TIME)).get(0).statement();
    byte[] key = RowKeyCodec.encode("load", 0, "kairos_long", series.tags());
    assertThat(statement.getValues())
        .containsExactly(
            ByteBuffer.wrap(key),
            ByteBuffer.wrap(new byte[] {0, 0, 0, 5}),
            ByteBuffer.wrap(new byte[] {(byte) 0x81, 1}),
            ByteBuffer.wrap(new byte[] {0, 0, 0, 7}),
            ByteBuffer.allocate(8).putLong(0, RECORD_TIME));
  }

  @Test
  void severalPointsTravelAsOneUnloggedBatch() {
    acknowledge(write(point(series, 0, 1)));
    BatchStatement batch =
        (BatchStatement)
            sending(
                    point(series, 1, 1),
                    point(series, 2, new Value.LongValue(1), 9, RECORD_TIME + 1),
                    point(series, 3, 1))
                .get(0)
                .statement();
    assertThat(batch.getBatchType()).isEqualTo(BatchType.UNLOGGED);
    assertThat(batch)
        .extracting(row -> ((BoundStatement) row).getBytesUnsafe(3).getInt(0))
        .containsExactly(0, 9, 0);
    assertThat(batch)
        .extracting(row -> ((BoundStatement) row).getBytesUnsafe(4).getLong(0))
        .containsExactly(RECORD_TIME, RECORD_TIME + 1, RECORD_TIME);
    assertThat(batch.getRoutingKey())
        .isEqualTo(ByteBuffer.wrap(RowKeyCodec.encode("load", 0, "kairos_long", series.tags())));
  }

  @Test
  void whatTheDriverThrowsOnTheSpotIsAnOutcomeToo() {
    scripted.refuse(new DriverTimeoutException("no"));
    assertThat(write(point(series, 0, 1)).join()).isInstanceOf(Outcome.Unavailable.class);
    scripted.refuse(new IllegalStateException("Session is closed"));
    assertThat(write(point(series, 0, 1)).join()).isInstanceOf(Outcome.Fatal.class);
  }

  @Test
  void anInvalidStatementIsTheSchemasFaultOrTheRows() {
    InvalidQueryException invalid = new InvalidQueryException(null, "secret 4711 is odd");
    CompletableFuture<Outcome> outcome = write(point(series, 0, 1));
    scripted.take().forEach(sent -> sent.fail(invalid));
    assertThat(outcome.join())
        .isEqualTo(new Outcome.Declined(Cause.OTHER, "InvalidQueryException (0x2200)"));
    schemaProblem = Optional.of("table ks.row_keys is missing");
    outcome = write(point(series, 0, 1));
    scripted.take().forEach(sent -> sent.fail(invalid));
    Outcome.Fatal fatal = (Outcome.Fatal) outcome.join();
    assertThat(fatal.reason()).contains("table ks.row_keys is missing");
    assertThat(fatal.cause()).hasMessageNotContaining("4711").hasNoCause();
  }

  @Test
  void aSchemaThatCannotBeLookedUpIsAnOutageForTheTimeBeing() {
    Outcome outcome =
        Failures.ofWrite(
                new InvalidQueryException(null, "no"),
                () -> {
                  throw new DriverTimeoutException("slow");
                })
            .toCompletableFuture()
            .join();
    assertThat(outcome).isInstanceOf(Outcome.Unavailable.class);
  }
}
