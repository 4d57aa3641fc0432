package io.datapoints.connect.store.mongodb;

import com.mongodb.client.MongoClient;
import io.datapoints.connect.config.FlowsConfig;
import io.datapoints.connect.config.KairosConfig;
import io.datapoints.connect.config.MongoSinkConfig;
import java.time.Clock;
import java.util.Map;

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
    return config.pipeline().layout() == io.datapoints.connect.config.Layout.TABLE
        ? new DocumentOpener(config)
        : new LayoutOpener(config, clock);
  }

  @Override
  public Destination open(MongoClient client) {
    TargetCollection collection =
        new TargetCollection(client.getDatabase(config.mongo().database()), collectionName());
    Layout layout = open(collection);
    BulkWriter writer = new BulkWriter(collection.documents(), layout);
    return new Destination(layout, Map.of(collection.fullName(), writer));
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

  private Layout open(TargetCollection collection) {
    CollectionCheck check = new CollectionCheck(collection, config.mongo().create());
    Lanes lanes =
        new Lanes(collection.fullName(), config.pipeline().batching().maxInFlightBatches());
    return switch (config.pipeline().layout()) {
      case FLOWS -> flows(check, config.pipeline().flows(), lanes);
      case TABLE -> throw manyCollections();
      case KAIROSDB -> points(check, config.pipeline().kairos().ttl(), lanes);
    };
  }

  private static IllegalStateException manyCollections() {
    return new IllegalStateException("the table layout has collections of its own");
  }

  private static Layout flows(CollectionCheck check, FlowsConfig flows, Lanes lanes) {
    check.ordinary();
    check.uniqueIndex(FlowLayout.key());
    if (flows.ttlSeconds() > 0) {
      check.expiry(FlowLayout.TIME, flows.ttlSeconds());
    }
    return new FlowLayout(lanes);
  }

  private Layout points(CollectionCheck check, KairosConfig.Ttl ttl, Lanes lanes) {
    return switch (config.mongo().datapoints()) {
      case POINT -> new PointLayout(expiring(check, ttl, lanes));
      case BUCKET -> new BucketLayout(expiring(check, ttl, lanes));
      case TIMESERIES -> {
        check.timeSeries(TimeSeriesLayout.TIME, TimeSeriesLayout.SERIES, ttl.defaultSeconds());
        // The collection has one time to live, which counts from the points' own time.
        Expiry expiry = new Expiry(new KairosConfig.Ttl(ttl.defaultSeconds(), true, true));
        yield new TimeSeriesLayout(new PointPlanner(lanes, expiry, clock));
      }
    };
  }

  private PointPlanner expiring(CollectionCheck check, KairosConfig.Ttl ttl, Lanes lanes) {
    check.ordinary();
    check.expiry(PointLayout.END, 0);
    return new PointPlanner(lanes, new Expiry(ttl), clock);
  }
}
