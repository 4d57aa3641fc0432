package io.datapoints.connect.store.mongodb;

import java.util.Set;

import java.util.Map;

import io.datapoints.connect.store.mongodb.documents.DocumentPlanner;

import io.datapoints.connect.store.mongodb.documents.DocumentLayout;

import io.datapoints.connect.store.RefusedTopics;

import io.datapoints.connect.config.MongoSinkConfig;

import io.datapoints.connect.config.mapping.MappedTarget;

import io.datapoints.connect.config.KairosConfig;
import io.datapoints.connect.model.Sample;
import io.datapoints.connect.store.Outcome;
import io.datapoints.connect.store.PartitionKey;
import io.datapoints.connect.store.Plan;
import io.datapoints.connect.store.Row;
import io.datapoints.connect.store.Store;
import io.datapoints.connect.store.mongodb.bulk.Lanes;
import io.datapoints.connect.store.mongodb.bulk.Layout;
import io.datapoints.connect.store.mongodb.points.BucketLayout;
import io.datapoints.connect.store.mongodb.points.Expiry;
import io.datapoints.connect.store.mongodb.points.PointLayout;
import io.datapoints.connect.store.mongodb.points.PointPlanner;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Plans and encodes as the real store does, and acknowledges at once. */
public final class EncodingStore implements Store {

  private static final int LANES = 8;

  private final Layout layout;

  private EncodingStore(Layout layout) {
    this.layout = layout;
  }

  /** One document a point. */
  public static EncodingStore ofPoints() {
    return new EncodingStore(new PointLayout(planner()));
  }

  /** One document an hour of a series. */
  public static EncodingStore ofBuckets() {
    return new EncodingStore(new BucketLayout(planner()));
  }

  /** One document a flow. */
  public static EncodingStore ofFlows() {
    MappedTarget target =
        MongoSinkConfig.from(Map.of("layout", "flows")).pipeline().mapping().targets("t").get(0);
    DocumentLayout layout =
        new DocumentLayout(new RefusedTopics(Set.of("*"), TestStores.CLOCK));
    Lanes lanes = new Lanes("test.collection", LANES);
    layout.add(
        "*",
        List.of(new DocumentPlanner(target, "test.collection", lanes, true, TestStores.CLOCK)));
    return new EncodingStore(layout);
  }

  private static PointPlanner planner() {
    Expiry expiry = new Expiry(new KairosConfig.Ttl(0, false, false));
    return new PointPlanner(new Lanes("test.collection", LANES), expiry, TestStores.CLOCK);
  }

  @Override
  public CompletionStage<Outcome> open() {
    return CompletableFuture.completedFuture(Outcome.Durable.DURABLE);
  }

  @Override
  public Plan plan(Sample sample) {
    return layout.plan(sample);
  }

  @Override
  public CompletionStage<Outcome> write(PartitionKey partition, List<Row> rows) {
    layout.operations(rows, 0, rows.size());
    return CompletableFuture.completedFuture(Outcome.Durable.DURABLE);
  }

  @Override
  public void close() {
    // Nothing was opened.
  }
}
