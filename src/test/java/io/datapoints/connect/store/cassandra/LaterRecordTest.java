package io.datapoints.connect.store.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import io.datapoints.connect.config.setting.BatchingConfig;
import io.datapoints.connect.config.setting.RetryConfig;
import io.datapoints.connect.delivery.DeliveryEngine;
import io.datapoints.connect.delivery.RecordSink;
import io.datapoints.connect.flows.Conversation;
import io.datapoints.connect.flows.Flow;
import io.datapoints.connect.metrics.SinkMetrics;
import io.datapoints.connect.model.Sample;
import io.datapoints.connect.store.Cause;
import io.datapoints.connect.store.Outcome;
import io.datapoints.connect.store.Plan;
import io.datapoints.connect.store.Row;
import io.datapoints.connect.store.Store;
import io.datapoints.connect.store.cassandra.table.TableRow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Of two records of one Kafka partition for one key, the one with the larger offset wins, whatever
 * their timestamps, buffers, failures and restarts.
 */
class LaterRecordTest {

  private static final TopicPartition PARTITION = new TopicPartition("t", 0);
  private static final long EPOCH = 1_700_000_000_000L;
  private static final int RECORDS = 3_000;
  private static final int KEYS = 7;

  /** The variables of the statement. */
  private static final int SOURCE_PORT = 4;

  private static final int VALUE = 6;
  private static final int WRITE_TIMESTAMP = 7;

  private static final Conversation PAIR = new Conversation("10.0.0.1", "10.0.0.2", "TCP");

  /** How a producer stamps its records. */
  private enum Stamps {
    EQUAL {
      @Override
      long of(int record, SplittableRandom random) {
        return EPOCH;
      }
    },
    WHOLE_SECONDS {
      @Override
      long of(int record, SplittableRandom random) {
        return EPOCH + record / 400 * 1_000L;
      }
    },
    WHOLE_MINUTES_AND_AHEAD {
      @Override
      long of(int record, SplittableRandom random) {
        return EPOCH + 3_600_000 + record / 700 * 60_000L;
      }
    },
    MILLISECONDS {
      @Override
      long of(int record, SplittableRandom random) {
        return EPOCH + record / 3;
      }
    },
    BACKWARD_WITHIN_A_SECOND {
      @Override
      long of(int record, SplittableRandom random) {
        return EPOCH + record / 500 * 1_000L + random.nextInt(1_000);
      }
    };

    abstract long of(int record, SplittableRandom random);
  }

  private record Cell(double value, long writeTimestamp) {}

  /** Keeps what Cassandra would: the later write timestamp, of equal ones the larger value. */
  private static final class LatestWrite implements Store {

    private final BindingStore planner = BindingStore.ofFlows();
    private final SplittableRandom random;
    final Map<Integer, Cell> cells = new HashMap<>();

    LatestWrite(SplittableRandom random) {
      this.random = random;
    }

    @Override
    public CompletionStage<Outcome> open() {
      return CompletableFuture.completedFuture(Outcome.Durable.DURABLE);
    }

    @Override
    public Plan plan(Sample sample) {
      return planner.plan(sample);
    }

    /** Some writes are applied and not acknowledged, and so made once more. */
    @Override
    public CompletionStage<Outcome> write(List<Row> rows) {
      for (Row each : rows) {
        BoundStatement row = ((TableRow) each).bound();
        Cell written = new Cell(row.getDouble(VALUE), row.getLong(WRITE_TIMESTAMP));
        cells.merge(row.getInt(SOURCE_PORT), written, LatestWrite::kept);
      }
      return CompletableFuture.completedFuture(
          random.nextInt(4) == 0
              ? new Outcome.Unavailable(Cause.TIMEOUT, "no answer", new Exception("late"))
              : Outcome.Durable.DURABLE);
    }

    private static Cell kept(Cell one, Cell other) {
      if (one.writeTimestamp != other.writeTimestamp) {
        return one.writeTimestamp > other.writeTimestamp ? one : other;
      }
      return one.value > other.value ? one : other;
    }

    @Override
    public void close() {}
  }

  /** Each look at the clock takes a millisecond, so that no wait of a flush is endless. */
  private long now = 1_000;

  @ParameterizedTest
  @EnumSource(Stamps.class)
  void theLaterRecordWins(Stamps stamps) {
    for (int run = 0; run < 6; run++) {
      long seed = new SplittableRandom().nextLong();
      theLaterRecordWins(stamps, seed);
    }
  }

  private void theLaterRecordWins(Stamps stamps, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    // Every thousand is crossed; a million is the limit of the rule.
    long first = random.nextInt(5) * 1_000_000L + random.nextInt(990_000);
    List<SinkRecord> log = new ArrayList<>();
    Map<Integer, Double> expected = new HashMap<>();
    for (int i = 0; i < RECORDS; i++) {
      int key = random.nextInt(KEYS);
      // Values that fall, so that no tie ends well by chance.
      double value = RECORDS - i;
      expected.put(key, value);
      log.add(
          new SinkRecord(
              "t",
              0,
              null,
              key,
              null,
              value,
              first + i,
              stamps.of(i, random),
              TimestampType.CREATE_TIME));
    }
    LatestWrite store = new LatestWrite(random);
    int committed = 0;
    while (committed < RECORDS) {
      committed = run(store, log, committed, random);
    }
    Map<Integer, Double> stored = new HashMap<>();
    store.cells.forEach((key, cell) -> stored.put(key, cell.value()));
    assertThat(stored).as("%s, seed %s", stamps, seed).isEqualTo(expected);
  }

  /** One task from the committed offset on, until it dies; then what it had committed. */
  private int run(Store store, List<SinkRecord> log, int from, SplittableRandom random) {
    BatchingConfig batching =
        new BatchingConfig(
            1 + random.nextInt(40),
            100_000,
            Duration.ofMillis(1 + random.nextInt(100)),
            1_000,
            10_000_000,
            3,
            Duration.ofMillis(50));
    DeliveryEngine engine =
        new DeliveryEngine(
            store,
            batching,
            new RetryConfig(Duration.ofMillis(1), Duration.ofMillis(5), Duration.ofMillis(-1)),
            (record, reasons) -> CompletableFuture.completedFuture(null),
            SinkMetrics.system(),
            () -> now++,
            random);
    engine.start(Duration.ofMillis(1));
    int read = from;
    int polls = 1 + random.nextInt(60);
    for (int poll = 0; poll < polls && read < log.size(); poll++) {
      int end = Math.min(log.size(), read + 1 + random.nextInt(80));
      log.subList(read, end).forEach(record -> enter(engine, record));
      read = end;
      engine.pollEnded();
      now += random.nextInt(60);
      engine.tick();
      if (random.nextInt(8) == 0) {
        engine.flush();
      }
    }
    for (int flush = 0; flush < 100 && read == log.size() && engine.idleMillis() >= 0; flush++) {
      now += 10;
      engine.flush();
    }
    long delivered = log.get(0).kafkaOffset() + read;
    OffsetAndMetadata durable =
        engine
            .durableOffsets(Map.of(PARTITION, new OffsetAndMetadata(delivered)))
            .getOrDefault(PARTITION, new OffsetAndMetadata(log.get(0).kafkaOffset()));
    engine.close();
    return (int) (durable.offset() - log.get(0).kafkaOffset());
  }

  private static void enter(DeliveryEngine engine, SinkRecord record) {
    RecordSink sink = engine.begin(record, 0);
    sink.accept(
        new Flow(PAIR, (int) record.key(), 0, EPOCH, (double) record.value(), sink.origin())
            .sample());
    sink.end();
  }
}
