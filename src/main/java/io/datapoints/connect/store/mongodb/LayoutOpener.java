package io.datapoints.connect.store.mongodb;

import static io.datapoints.connect.config.MongoConfig.Datapoints.TIMESERIES;

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
import io.datapoints.connect.store.mongodb.points.BucketLayout;
import io.datapoints.connect.store.mongodb.points.Expiry;
import io.datapoints.connect.store.mongodb.points.PointLayout;
import io.datapoints.connect.store.mongodb.points.PointPlanner;
import io.datapoints.connect.store.mongodb.points.TimeSeriesLayout;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.Document;

/** Makes the one collection of the kairosdb layout ready. */
final class LayoutOpener implements Opener {

  private static final String FLOW_TIME = "timestamp";

  private final MongoSinkConfig config;
  private final Clock clock;

  private LayoutOpener(MongoSinkConfig config, Clock clock) {
    this.config = config;
    this.clock = clock;
  }

  /** The opener of the configured layout. */
  static Opener of(MongoSinkConfig config, Clock clock) {
    return switch (config.pipeline().layout()) {
      case KAIROSDB -> new LayoutOpener(config, clock);
      case FLOWS -> new DocumentOpener(config, clock, check -> flows(config, check));
      case TABLE -> new DocumentOpener(config, clock);
    };
  }

  /** The latest flows first, as those are asked for most. */
  private static void flows(MongoSinkConfig config, CollectionCheck check) {
    check.ordinary();
    check.uniqueIndex(
        new Document("source_ip", 1)
            .append("dest_ip", 1)
            .append("protocol", 1)
            .append(FLOW_TIME, -1)
            .append("source_port", 1)
            .append("dest_port", 1));
    int ttlSeconds = config.pipeline().flows().ttlSeconds();
    if (ttlSeconds > 0) {
      check.expiry(FLOW_TIME, ttlSeconds, FlowsConfig.TTL);
    }
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
    return config.mongo().datapoints() == TIMESERIES;
  }

  private String collectionName() {
    String named = config.mongo().collection();
    if (!named.isEmpty()) {
      return named;
    }
    return switch (config.mongo().datapoints()) {
      case POINT -> "data_points";
      case BUCKET -> "data_points_hourly";
      case TIMESERIES -> "data_points_timeseries";
    };
  }

  private void rules(CollectionCheck check) {
    int ttlSeconds = config.pipeline().kairos().ttl().defaultSeconds();
    if (isTimeSeries()) {
      check.timeSeries(TimeSeriesLayout.TIME, TimeSeriesLayout.SERIES, ttlSeconds);
      return;
    }
    check.ordinary();
    check.expiry(PointLayout.END, 0, MongoConfig.COLLECTION);
  }

  private Layout layout(String collection) {
    Lanes lanes = new Lanes(collection, config.pipeline().batching().maxInFlightBatches());
    return points(lanes, config.pipeline().kairos().ttl());
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
