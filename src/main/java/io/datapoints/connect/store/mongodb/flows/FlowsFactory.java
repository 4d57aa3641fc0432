package io.datapoints.connect.store.mongodb.flows;

import com.mongodb.client.MongoClient;
import io.datapoints.connect.config.FlowsConfig;
import io.datapoints.connect.config.MongoConfig;
import io.datapoints.connect.config.MongoSinkConfig;
import io.datapoints.connect.model.Flow;
import io.datapoints.connect.store.mongodb.bulk.BulkKeys;
import io.datapoints.connect.store.mongodb.bulk.BulkWriter;
import io.datapoints.connect.store.mongodb.bulk.LayoutFactory;
import io.datapoints.connect.store.mongodb.bulk.OpenLayout;
import io.datapoints.connect.store.mongodb.collection.CollectionCheck;
import io.datapoints.connect.store.mongodb.collection.RequiredCollection;
import io.datapoints.connect.store.mongodb.collection.TargetCollection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes the one collection of flows ready. */
public final class FlowsFactory implements LayoutFactory {

  private final MongoSinkConfig config;

  public FlowsFactory(MongoSinkConfig config) {
    this.config = config;
  }

  @Override
  public OpenLayout<Flow, FlowRow> open(MongoClient client) {
    RequiredCollection required = requiredCollection(client);
    required.makeReady();
    TargetCollection collection = required.collection();
    String name = collection.fullName();
    FlowLayout layout =
        new FlowLayout(new BulkKeys(name, config.pipeline().batching().maxInFlightBatches()));
    return new OpenLayout<>(
        Flow.class, layout, Map.of(name, new BulkWriter<>(collection.documents(), layout)));
  }

  @Override
  public List<RequiredCollection> required(MongoClient client) {
    return List.of(requiredCollection(client));
  }

  private RequiredCollection requiredCollection(MongoClient client) {
    String named = config.mongo().collection();
    return new RequiredCollection(
        new TargetCollection(
            client.getDatabase(config.mongo().database()), named.isEmpty() ? "metrics" : named),
        MongoConfig.COLLECTION,
        this::rules,
        Set.of("insert", "update"),
        config.mongo().create());
  }

  private void rules(CollectionCheck check) {
    FlowsConfig flows = config.pipeline().flows();
    check.ordinary();
    check.uniqueIndex(FlowLayout.key());
    if (flows.ttlSeconds() > 0) {
      check.expiry(FlowLayout.TIME, flows.ttlSeconds(), FlowsConfig.TTL);
    }
  }
}
