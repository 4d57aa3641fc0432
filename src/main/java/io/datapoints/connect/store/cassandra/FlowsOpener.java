package io.datapoints.connect.store.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import io.datapoints.connect.config.CassandraSinkConfig;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Makes a keyspace ready for flows. */
final class FlowsOpener implements Layout.Opener {

  FlowsOpener(CassandraSinkConfig config, boolean createsSchema, Clock clock) {}

  @Override
  public CompletionStage<Layout> open(CqlSession session) {
    return CompletableFuture.failedFuture(OpenException.fatal("the flows layout is not built yet"));
  }
}
