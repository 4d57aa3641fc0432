package io.datapoints.connect.store.mongodb;

import io.datapoints.connect.config.KairosConfig;
import io.datapoints.connect.config.MongoSinkConfig;
import io.datapoints.connect.config.mapping.MappedTarget;
import io.datapoints.connect.model.DataPoint;
import io.datapoints.connect.model.MappedRecord;
import io.datapoints.connect.model.Sample;
import io.datapoints.connect.store.Outcome;
import io.datapoints.connect.store.Plan;
import io.datapoints.connect.store.RefusedTopics;
import io.datapoints.connect.store.Row;
import io.datapoints.connect.store.Store;
import io.datapoints.connect.store.mongodb.bulk.BulkKeys;
import io.datapoints.connect.store.mongodb.bulk.MongoLayout;
import io.datapoints.connect.store.mongodb.documents.DocumentLayout;
import io.datapoints.connect.store.mongodb.documents.DocumentPlanner;
import io.datapoints.connect.store.mongodb.points.BucketLayout;
import io.datapoints.connect.store.mongodb.points.Expiry;
import io.datapoints.connect.store.mongodb.points.PointLayout;
import io.datapoints.connect.store.mongodb.points.PointPlanner;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;

/** Plans and encodes as the real store does, and acknowledges at once. */
public final class EncodingStore implements Store {

  private static final int BULKS = 8;

  private final Function<Sample, Plan> plan;
  private final Consumer<List<Row>> encode;

  private <S extends Sample> EncodingStore(Class<S> samples, MongoLayout<S, ?> layout) {
    this.plan = sample -> layout.plan(samples.cast(sample));
    this.encode = rows -> TestStores.operations(layout, rows, 0, rows.size());
  }

  /** One document a point. */
  public static EncodingStore ofPoints() {
    return new EncodingStore(DataPoint.class, new PointLayout(planner()));
  }

  /** One document an hour of a series. */
  public static EncodingStore ofBuckets() {
    return new EncodingStore(DataPoint.class, new BucketLayout(planner()));
  }

  /** One document a flow. */
  public static EncodingStore ofFlows() {
    MappedTarget target =
        MongoSinkConfig.from(Map.of("layout", "flows")).pipeline().mapping().targets("t").get(0);
    DocumentLayout layout = new DocumentLayout(new RefusedTopics(Set.of("*"), TestStores.CLOCK));
    BulkKeys keys = new BulkKeys("test.collection", BULKS);
    layout.add(
        "*", List.of(new DocumentPlanner(target, "test.collection", keys, true, TestStores.CLOCK)));
    return new EncodingStore(MappedRecord.class, layout);
  }

  private static PointPlanner planner() {
    Expiry expiry = new Expiry(new KairosConfig.Ttl(0, false, false));
    return new PointPlanner(new BulkKeys("test.collection", BULKS), expiry, TestStores.CLOCK);
  }

  @Override
  public CompletionStage<Outcome> open() {
    return CompletableFuture.completedFuture(Outcome.Durable.DURABLE);
  }

  @Override
  public Plan plan(Sample sample) {
    return plan.apply(sample);
  }

  @Override
  public CompletionStage<Outcome> write(List<Row> rows) {
    encode.accept(rows);
    return CompletableFuture.completedFuture(Outcome.Durable.DURABLE);
  }

  @Override
  public void close() {
    // Nothing was opened.
  }
}
