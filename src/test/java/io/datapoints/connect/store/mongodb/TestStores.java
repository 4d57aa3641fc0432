package io.datapoints.connect.store.mongodb;

import io.datapoints.connect.config.MongoSinkConfig;
import io.datapoints.connect.flows.Conversation;
import io.datapoints.connect.flows.Flow;
import io.datapoints.connect.model.DataPoint;
import io.datapoints.connect.model.MappedRecord;
import io.datapoints.connect.model.RecordOrigin;
import io.datapoints.connect.model.Sample;
import io.datapoints.connect.model.Series;
import io.datapoints.connect.model.Tags;
import io.datapoints.connect.model.Value;
import io.datapoints.connect.store.Outcome;
import io.datapoints.connect.store.Plan;
import io.datapoints.connect.store.Row;
import io.datapoints.connect.store.Store;
import io.datapoints.connect.store.mongodb.bulk.MongoLayout;
import io.datapoints.connect.store.mongodb.bulk.Operation;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.bson.Document;

/** Stores with plain settings, and samples for them. */
public final class TestStores {

  /** The record time of samples that do not care. */
  public static final long RECORD_TIME = 1_700_000_000_000L;

  public static final Clock CLOCK =
      Clock.fixed(Instant.ofEpochMilli(RECORD_TIME + 1_000), ZoneOffset.UTC);

  private static final long PATIENCE_SECONDS = 60;

  private TestStores() {}

  static MongoSinkConfig config(String uri, String... settings) {
    Map<String, String> all = new HashMap<>(Map.of("mongodb.uri", uri));
    for (int i = 0; i < settings.length; i += 2) {
      all.put(settings[i], settings[i + 1]);
    }
    return MongoSinkConfig.from(all);
  }

  public static MongoStore store(String uri, String... settings) {
    return new MongoStore(config(uri, settings), "test-task", CLOCK);
  }

  public static Outcome open(Store store) {
    return await(store.open());
  }

  static Outcome await(CompletionStage<Outcome> outcome) {
    return outcome.toCompletableFuture().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
  }

  /** Plans the samples and writes them, one batch a bulk key, as the engine does. */
  static List<Outcome> write(Store store, List<? extends Sample> samples) {
    Map<Object, List<Row>> bulks = new LinkedHashMap<>();
    for (Sample sample : samples) {
      Row row = row(store.plan(sample));
      bulks.computeIfAbsent(row.partition(), key -> new ArrayList<>()).add(row);
    }
    List<Outcome> outcomes = new ArrayList<>();
    for (List<Row> rows : bulks.values()) {
      rows.sort(Row::compareClusteringKey);
      outcomes.add(await(store.write(rows)));
    }
    return outcomes;
  }

  /** Writes the samples in this order in one batch; they have to be in order. */
  public static Outcome writeBatch(Store store, Sample... samples) {
    List<Row> rows = Arrays.stream(samples).map(sample -> row(store.plan(sample))).toList();
    return await(store.write(rows));
  }

  public static Row row(Plan plan) {
    if (plan instanceof Row row) {
      return row;
    }
    throw new AssertionError("not planned as a row but " + plan);
  }

  public static MappedRecord flow(
      String source, String dest, int sourcePort, long timestamp, double value) {
    return new Flow(
            new Conversation(source, dest, "tcp"), sourcePort, 443, timestamp, value, origin())
        .sample();
  }

  /** The unique index of flows. */
  public static Document flowKey() {
    return Document.parse(
        "{source_ip: 1, dest_ip: 1, protocol: 1, timestamp: -1, source_port: 1, dest_port: 1}");
  }

  public static Series series(String metric, String... tags) {
    Map<String, String> map = new LinkedHashMap<>();
    for (int i = 0; i < tags.length; i += 2) {
      map.put(tags[i], tags[i + 1]);
    }
    return new Series(metric, Tags.of(map));
  }

  public static DataPoint point(Series series, long timestamp, long value) {
    return point(series, timestamp, new Value.LongValue(value), 0);
  }

  public static DataPoint point(Series series, long timestamp, Value value, int ttl) {
    return new DataPoint(series, timestamp, value, ttl, origin());
  }

  private static RecordOrigin origin() {
    return new RecordOrigin("topic", 0, 0, RECORD_TIME);
  }

  /** The operations for rows that the layout itself planned. */
  @SuppressWarnings("unchecked")
  public static <R extends Row> List<Operation> operations(
      MongoLayout<?, R> layout, List<? extends Row> rows, int from, int to) {
    return layout.operations((List<R>) rows, from, to);
  }
}
