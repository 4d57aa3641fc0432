package io.datapoints.connect.kairosdb;

import com.sun.management.ThreadMXBean;
import io.datapoints.connect.config.CassandraSinkConfig;
import io.datapoints.connect.config.MongoSinkConfig;
import io.datapoints.connect.config.PipelineConfig;
import io.datapoints.connect.delivery.DeliveryEngine;
import io.datapoints.connect.delivery.RecordSink;
import io.datapoints.connect.delivery.pace.Ticker;
import io.datapoints.connect.metrics.SinkMetrics;
import io.datapoints.connect.model.Rule;
import io.datapoints.connect.model.Sample;
import io.datapoints.connect.model.SampleSink;
import io.datapoints.connect.model.SipHash;
import io.datapoints.connect.model.TooManySamplesException;
import io.datapoints.connect.payload.RecordReader;
import io.datapoints.connect.store.Store;
import io.datapoints.connect.store.cassandra.BindingStore;
import io.datapoints.connect.store.mongodb.EncodingStore;
import io.datapoints.connect.table.TableReader;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * The whole way of a record on the task thread, as a task composes it: decoded, validated, planned,
 * buffered, bound or encoded, and settled; against a store that acknowledges at once. What is
 * thrown on the way comes out here.
 */
final class Gauntlet {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static final int MAX_FLUSHES = 1_000;

  static {
    // The first key of a process takes its random numbers from the system; no record pays for it.
    new SipHash();
  }

  /**
   * What became of one record.
   *
   * @param samples how many good samples were in it
   * @param reasons those that are reported
   * @param allocated bytes that the thread allocated for it
   * @param nanos how long it took
   */
  record Fate(int samples, List<String> reasons, long allocated, long nanos) {}

  private final RecordReader reader;
  private final DeliveryEngine engine;
  private List<String> reasons = List.of();
  private int samples;
  private long offset;

  private Gauntlet(RecordReader reader, PipelineConfig config, Store store) {
    this.reader = reader;
    this.engine =
        new DeliveryEngine(
            store,
            config.batching(),
            config.retry(),
            (record, because) -> {
              reasons = List.copyOf(because);
              return CompletableFuture.completedFuture(null);
            },
            SinkMetrics.system(),
            Ticker.system(),
            new SplittableRandom(1));
    engine.start(Duration.ofSeconds(1));
  }

  static Gauntlet pointsToCassandra(String... settings) {
    return points(CassandraSinkConfig.from(map(settings)).pipeline(), BindingStore.ofPoints());
  }

  static Gauntlet pointsToMongo() {
    return points(MongoSinkConfig.from(Map.of()).pipeline(), EncodingStore.ofPoints());
  }

  static Gauntlet bucketsToMongo() {
    return points(MongoSinkConfig.from(Map.of()).pipeline(), EncodingStore.ofBuckets());
  }

  static Gauntlet flowsToCassandra(String... settings) {
    return flows(CassandraSinkConfig.from(withFlows(settings)).pipeline(), BindingStore.ofFlows());
  }

  static Gauntlet flowsToMongo() {
    return flows(
        MongoSinkConfig.from(Map.of("layout", "flows")).pipeline(), EncodingStore.ofFlows());
  }

  /** All of them, with settings that open the most doors. */
  static List<Supplier<Gauntlet>> ofPoints() {
    return List.of(
        Gauntlet::pointsToCassandra,
        () -> pointsToCassandra("kairosdb.extended.types", "true"),
        () -> pointsToCassandra("validation.rules", "strict"),
        Gauntlet::pointsToMongo,
        Gauntlet::bucketsToMongo);
  }

  static List<Supplier<Gauntlet>> ofFlows() {
    return List.of(
        Gauntlet::flowsToCassandra,
        () -> flowsToCassandra("timestamp.unit", "iso8601"),
        () -> flowsToCassandra("timestamp.unit", "s"),
        Gauntlet::flowsToMongo);
  }

  private static Map<String, String> withFlows(String... settings) {
    Map<String, String> properties = new HashMap<>(map(settings));
    properties.put("layout", "flows");
    return properties;
  }

  private static Map<String, String> map(String... settings) {
    return settings.length == 0 ? Map.of() : Map.of(settings[0], settings[1]);
  }

  private static Gauntlet points(PipelineConfig config, Store store) {
    return new Gauntlet(
        new DatapointReader(config.records().maxInflatedBytes(), config.kairos()), config, store);
  }

  private static Gauntlet flows(PipelineConfig config, Store store) {
    TableReader reader = new TableReader(config.mapping(), config.records().maxInflatedBytes());
    return new Gauntlet(reader, config, store);
  }

  /** Takes one record to its end. */
  Fate take(Object value) {
    Schema none = null;
    SinkRecord record =
        new SinkRecord(
            "t",
            0,
            none,
            null,
            none,
            value,
            offset++,
            1_700_000_000_000L,
            TimestampType.CREATE_TIME);
    reasons = List.of();
    samples = 0;
    long nanos = System.nanoTime();
    long allocated = THREADS.getCurrentThreadAllocatedBytes();
    RecordSink recordSink = engine.begin(record, 0);
    try {
      reader.read(record, recordSink.origin(), counting(recordSink));
    } catch (TooManySamplesException e) {
      recordSink.reject(Rule.SIZE, String.valueOf(e.getMessage()));
    }
    recordSink.end();
    engine.pollEnded();
    settle();
    return new Fate(
        samples,
        reasons,
        THREADS.getCurrentThreadAllocatedBytes() - allocated,
        System.nanoTime() - nanos);
  }

  /** A flush waits for a bounded time only. */
  private void settle() {
    for (int flushes = 0; flushes < MAX_FLUSHES && committed() < offset; flushes++) {
      engine.flush();
      engine.throwFailure();
    }
  }

  private SampleSink counting(RecordSink recordSink) {
    return new SampleSink() {
      @Override
      public void announce(int announced) {
        recordSink.announce(announced);
      }

      @Override
      public void accept(Sample sample) {
        samples++;
        recordSink.accept(sample);
      }

      @Override
      public void reject(Rule rule, String reason) {
        recordSink.reject(rule, reason);
      }

      @Override
      public void reject(Rule rule, Supplier<String> reason) {
        recordSink.reject(rule, reason);
      }
    };
  }

  /** How many offsets can be committed: all of them, since every record has come to its end. */
  long committed() {
    return engine
        .durableOffsets(Map.of(new TopicPartition("t", 0), new OffsetAndMetadata(offset)))
        .values()
        .stream()
        .mapToLong(o -> o.offset())
        .sum();
  }

  long taken() {
    return offset;
  }

  static List<Gauntlet> each(List<Supplier<Gauntlet>> made) {
    List<Gauntlet> gauntlets = new ArrayList<>();
    made.forEach(one -> gauntlets.add(one.get()));
    return gauntlets;
  }
}
