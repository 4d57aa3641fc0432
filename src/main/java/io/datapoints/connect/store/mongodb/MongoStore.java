package io.datapoints.connect.store.mongodb;

import io.datapoints.connect.config.MongoSinkConfig;
import io.datapoints.connect.model.Sample;
import io.datapoints.connect.store.Outcome;
import io.datapoints.connect.store.PartitionKey;
import io.datapoints.connect.store.Plan;
import io.datapoints.connect.store.Row;
import io.datapoints.connect.store.Store;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A MongoDB deployment as a store. */
public final class MongoStore implements Store {

  public MongoStore(MongoSinkConfig config, String taskName, Clock clock) {}

  @Override
  public CompletionStage<Outcome> open() {
    IllegalStateException unbuilt = new IllegalStateException("not built yet");
    return CompletableFuture.completedFuture(new Outcome.Fatal("not built yet", unbuilt));
  }

  @Override
  public Plan plan(Sample sample) {
    throw new IllegalStateException("not built yet");
  }

  @Override
  public CompletionStage<Outcome> write(PartitionKey partition, List<Row> rows) {
    throw new IllegalStateException("not built yet");
  }

  @Override
  public void close() {}
}
