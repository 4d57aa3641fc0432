package io.datapoints.connect.store.mongodb.points;

import com.mongodb.client.MongoClient;
import io.datapoints.connect.config.KairosConfig;
import io.datapoints.connect.config.MongoConfig;
import io.datapoints.connect.config.MongoSinkConfig;
import io.datapoints.connect.model.DataPoint;
import io.datapoints.connect.store.mongodb.bulk.BulkKeys;
import io.datapoints.connect.store.mongodb.bulk.BulkWriter;
import io.datapoints.connect.store.mongodb.bulk.LayoutFactory;
import io.datapoints.connect.store.mongodb.bulk.MongoLayout;
import io.datapoints.connect.store.mongodb.bulk.OpenLayout;
import io.datapoints.connect.store.mongodb.collection.CollectionCheck;
import io.datapoints.connect.store.mongodb.collection.IndexBuilds;
import io.datapoints.connect.store.mongodb.collection.RequiredCollection;
import io.datapoints.connect.store.mongodb.collection.TargetCollection;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/** Makes the one collection of points ready, by the shape that is configured. */
public final class PointsFactory implements LayoutFactory {

  /**
   * What the three shapes differ in.
   *
   * @param collection its name where none is configured
   * @param writes the actions on its documents, in the words of the server's privileges
   */
  private record Shape(
      String collection,
      Set<String> writes,
      Consumer<CollectionCheck> rules,
      Expiry expiry,
      Function<PointPlanner, MongoLayout<DataPoint, PointRow>> layout) {}

  private final MongoSinkConfig config;
  private final Clock clock;
  private final IndexBuilds builds;
  private final Shape shape;

  /**
   * @param clock tells which points have expired
   */
  public PointsFactory(MongoSinkConfig config, Clock clock) {
    this.config = config;
    this.clock = clock;
    this.builds = new IndexBuilds(clock);
    this.shape = shape(config);
  }

  private static Shape shape(MongoSinkConfig config) {
    KairosConfig.Ttl ttl = config.pipeline().kairos().ttl();
    Set<String> upserts = Set.of("insert", "update");
    return switch (config.mongo().datapoints()) {
      case POINT ->
          new Shape(
              "data_points",
              upserts,
              PointsFactory::expiringDocuments,
              new Expiry(ttl),
              PointLayout::new);
      case BUCKET ->
          new Shape(
              "data_points_hourly",
              upserts,
              PointsFactory::expiringDocuments,
              new Expiry(ttl),
              BucketLayout::new);
      // The collection has one time to live, which counts from the points' own time.
      case TIMESERIES ->
          new Shape(
              "data_points_timeseries",
              Set.of("insert"),
              check ->
                  check.timeSeries(
                      TimeSeriesLayout.TIME, TimeSeriesLayout.SERIES, ttl.defaultSeconds()),
              new Expiry(new KairosConfig.Ttl(ttl.defaultSeconds(), true, true)),
              TimeSeriesLayout::new);
    };
  }

  private static void expiringDocuments(CollectionCheck check) {
    check.ordinary();
    check.foundBy(List.of("_id"), MongoConfig.COLLECTION);
    check.expiry(PointLayout.END, 0, MongoConfig.COLLECTION);
  }

  @Override
  public OpenLayout<DataPoint, PointRow> open(MongoClient client) {
    RequiredCollection required = requiredCollection(client);
    required.makeReady();
    TargetCollection collection = required.collection();
    String name = collection.fullName();
    BulkKeys keys = new BulkKeys(name, config.pipeline().batching().maxInFlightBatches());
    MongoLayout<DataPoint, PointRow> layout =
        shape.layout.apply(new PointPlanner(keys, shape.expiry, clock));
    return new OpenLayout<>(
        DataPoint.class, layout, Map.of(name, new BulkWriter<>(collection.documents(), layout)));
  }

  @Override
  public List<RequiredCollection> required(MongoClient client) {
    return List.of(requiredCollection(client));
  }

  private RequiredCollection requiredCollection(MongoClient client) {
    String named = config.mongo().collection();
    return new RequiredCollection(
        new TargetCollection(
            client, config.mongo().database(), named.isEmpty() ? shape.collection : named, builds),
        MongoConfig.COLLECTION,
        shape.rules,
        shape.writes,
        config.mongo().create());
  }
}
