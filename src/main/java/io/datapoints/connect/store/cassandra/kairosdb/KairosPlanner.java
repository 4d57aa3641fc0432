package io.datapoints.connect.store.cassandra.kairosdb;

import io.datapoints.connect.kairosdb.format.RowLayout;
import io.datapoints.connect.kairosdb.format.TtlPolicy;
import io.datapoints.connect.kairosdb.format.ValueCodec;
import io.datapoints.connect.model.DataPoint;
import io.datapoints.connect.model.InvalidValue;
import io.datapoints.connect.model.Rule;
import io.datapoints.connect.store.Plan;
import io.datapoints.connect.store.StoreMetrics;
import io.datapoints.connect.store.cassandra.kairosdb.index.RowKey;
import io.datapoints.connect.store.cassandra.request.WriteTimestamp;
import java.time.Clock;
import java.util.Optional;

/** Turns points into rows of {@code data_points}. Used by the task thread only. */
public final class KairosPlanner {

  private final RowLayout layout;
  private final TtlPolicy ttlPolicy;
  private final RowKeyCache rowKeys;
  private final Clock clock;

  public KairosPlanner(RowLayout layout, TtlPolicy ttlPolicy, RowKeyCache rowKeys, Clock clock) {
    this.layout = layout;
    this.ttlPolicy = ttlPolicy;
    this.rowKeys = rowKeys;
    this.clock = clock;
  }

  public Plan plan(DataPoint point) {
    long now = clock.millis();
    long timestamp = point.timestamp();
    int ttl = ttlPolicy.pointTtl(point.ttl(), timestamp, now);
    if (ttl == TtlPolicy.EXPIRED) {
      return Plan.Expired.EXPIRED;
    }
    Optional<String> violation = ttlPolicy.violation(ttl, now);
    if (violation.isPresent()) {
      return new Plan.Rejected(Rule.TTL, violation.get());
    }
    try {
      RowKey key =
          rowKeys.of(point.series(), layout.rowTime(timestamp), ValueCodec.dataType(point.value()));
      return new PointRow(
          key,
          rowKeys.madeLast(),
          layout.column(timestamp),
          ValueCodec.encode(point.value()),
          ttl,
          WriteTimestamp.of(point, now));
    } catch (InvalidValue e) {
      return new Plan.Rejected(String.valueOf(e.getMessage()));
    }
  }

  /** What was counted, with the rows of the index. */
  StoreMetrics metrics(long indexRows) {
    return new StoreMetrics(rowKeys.hits(), rowKeys.misses(), indexRows);
  }
}
