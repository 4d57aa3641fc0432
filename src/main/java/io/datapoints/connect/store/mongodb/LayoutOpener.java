package io.datapoints.connect.store.mongodb;

import io.datapoints.connect.config.FlowsConfig;
import io.datapoints.connect.config.KairosConfig;
import io.datapoints.connect.config.MongoSinkConfig;
import java.time.Clock;

/** Makes the collection ready for the configured layout. Blocks. */
final class LayoutOpener {

  private final MongoSinkConfig config;
  private final Clock clock;

  LayoutOpener(MongoSinkConfig config, Clock clock) {
    this.config = config;
    this.clock = clock;
  }

  /** The collection that is written to where none is named. */
  String collectionName() {
    String named = config.mongo().collection();
    if (!named.isEmpty()) {
      return named;
    }
    return switch (config.pipeline().layout()) {
      case FLOWS -> "metrics";
      case TABLE -> throw new UnsupportedOperationException("table");
      case KAIROSDB ->
          switch (config.mongo().datapoints()) {
            case POINT -> "data_points";
            case BUCKET -> "data_points_hourly";
            case TIMESERIES -> "data_points_timeseries";
          };
    };
  }

  /**
   * Checks or creates the collection and its indexes; may be called again after a failure.
   *
   * @throws MongoFailure for what only an operator can put right
   */
  Layout open(TargetCollection collection) {
    CollectionCheck check = new CollectionCheck(collection, config.mongo().create());
    Lanes lanes = new Lanes(config.pipeline().batching().maxInFlightBatches());
    return switch (config.pipeline().layout()) {
      case FLOWS -> flows(check, config.pipeline().flows(), lanes);
      case TABLE -> throw new UnsupportedOperationException("table");
      case KAIROSDB -> points(check, config.pipeline().kairos().ttl(), lanes);
    };
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
