package io.datapoints.connect.store.mongodb;

import static io.datapoints.connect.config.MongoConfig.Datapoints.TIMESERIES;
import static io.datapoints.connect.config.setting.Layout.KAIROSDB;
import static io.datapoints.connect.config.setting.Layout.TABLE;

import com.mongodb.client.MongoClient;
import io.datapoints.connect.config.FlowsConfig;
import io.datapoints.connect.config.KairosConfig;
import io.datapoints.connect.config.MongoConfig;
import io.datapoints.connect.config.MongoSinkConfig;
import io.datapoints.connect.store.mongodb.bulk.BulkWriter;
import io.datapoints.connect.store.mongodb.bulk.Destination;
import io.datapoints.connect.store.mongodb.bulk.Lanes;
import io.datapoints.connect.store.mongodb.bulk.Layout;
import io.datapoints.connect.store.mongodb.bulk.Opener;
import io.datapoints.connect.store.mongodb.collection.CollectionCheck;
import io.datapoints.connect.store.mongodb.collection.CollectionDemand;
import io.datapoints.connect.store.mongodb.collection.TargetCollection;
import io.datapoints.connect.store.mongodb.documents.DocumentOpener;
import io.datapoints.connect.store.mongodb.flows.FlowLayout;
import io.datapoints.connect.store.mongodb.points.BucketLayout;
import io.datapoints.connect.store.mongodb.points.Expiry;
import io.datapoints.connect.store.mongodb.points.PointLayout;
import io.datapoints.connect.store.mongodb.points.PointPlanner;
import io.datapoints.connect.store.mongodb.points.TimeSeriesLayout;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes the one collection ready that the configured layout has. */
final class LayoutOpener implements Opener {

  private final MongoSinkConfig config;
  private final Clock clock;

  private LayoutOpener(MongoSinkConfig config, Clock clock) {
    this.config = config;
    this.clock = clock;
  }

  /** The opener of the configured layout. */
  static Opener of(MongoSinkConfig config, Clock clock) {
    return config.pipeline().layout() == TABLE
        ? new DocumentOpener(config, clock)
        : new LayoutOpener(config, clock);
  }

  @Override
  public Destination open(MongoClient client) {
    CollectionDemand demand = demand(client);
    demand.meet();
    TargetCollection collection = demand.collection();
    Layout layout = layout(collection.fullName());
    BulkWriter writer = new BulkWriter(collection.documents(), layout);
    return new Destination(layout, Map.of(collection.fullName(), writer));
  }

  @Override
  public List<CollectionDemand> demands(MongoClient client) {
    return List.of(demand(client));
  }

  private CollectionDemand demand(MongoClient client) {
    return new CollectionDemand(
        new TargetCollection(client.getDatabase(config.mongo().database()), collectionName()),
        MongoConfig.COLLECTION,
        this::rules,
        isTimeSeries() ? Set.of("insert") : Set.of("insert", "update"),
        config.mongo().create());
  }

  private boolean isTimeSeries() {
    return config.pipeline().layout() == KAIROSDB && config.mongo().datapoints() == TIMESERIES;
  }

  private String collectionName() {
    String named = config.mongo().collection();
    if (!named.isEmpty()) {
      return named;
    }
    return switch (config.pipeline().layout()) {
      case FLOWS -> "metrics";
      case TABLE -> throw manyCollections();
      case KAIROSDB ->
          switch (config.mongo().datapoints()) {
            case POINT -> "data_points";
            case BUCKET -> "data_points_hourly";
            case TIMESERIES -> "data_points_timeseries";
          };
    };
  }

  private void rules(CollectionCheck check) {
    int ttlSeconds = config.pipeline().kairos().ttl().defaultSeconds();
    if (isTimeSeries()) {
      check.timeSeries(TimeSeriesLayout.TIME, TimeSeriesLayout.SERIES, ttlSeconds);
      return;
    }
    check.ordinary();
    switch (config.pipeline().layout()) {
      case FLOWS -> {
        FlowsConfig flows = config.pipeline().flows();
        check.uniqueIndex(FlowLayout.key());
        if (flows.ttlSeconds() > 0) {
          check.expiry(FlowLayout.TIME, flows.ttlSeconds(), FlowsConfig.TTL);
        }
      }
      case KAIROSDB -> check.expiry(PointLayout.END, 0, MongoConfig.COLLECTION);
      case TABLE -> throw manyCollections();
    }
  }

  private Layout layout(String collection) {
    Lanes lanes = new Lanes(collection, config.pipeline().batching().maxInFlightBatches());
    return switch (config.pipeline().layout()) {
      case FLOWS -> new FlowLayout(lanes);
      case TABLE -> throw manyCollections();
      case KAIROSDB -> points(lanes, config.pipeline().kairos().ttl());
    };
  }

  private static IllegalStateException manyCollections() {
    return new IllegalStateException("the table layout has collections of its own");
  }

  private Layout points(Lanes lanes, KairosConfig.Ttl ttl) {
    return switch (config.mongo().datapoints()) {
      case POINT -> new PointLayout(new PointPlanner(lanes, new Expiry(ttl), clock));
      case BUCKET -> new BucketLayout(new PointPlanner(lanes, new Expiry(ttl), clock));
      case TIMESERIES -> {
        // The collection has one time to live, which counts from the points' own time.
        Expiry expiry = new Expiry(new KairosConfig.Ttl(ttl.defaultSeconds(), true, true));
        yield new TimeSeriesLayout(new PointPlanner(lanes, expiry, clock));
      }
    };
  }
}
