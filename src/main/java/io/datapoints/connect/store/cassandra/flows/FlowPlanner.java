package io.datapoints.connect.store.cassandra.flows;

import io.datapoints.connect.model.Flow;
import io.datapoints.connect.store.Plan;
import io.datapoints.connect.store.cassandra.request.WriteTimestamp;
import java.time.Clock;

/** Turns flows into rows of their table. Used by the task thread only. */
public final class FlowPlanner {

  private final FlowPartitionCache partitions;
  private final Clock clock;

  public FlowPlanner(FlowPartitionCache partitions, Clock clock) {
    this.partitions = partitions;
    this.clock = clock;
  }

  public Plan plan(Flow flow) {
    long timestamp = flow.timestamp();
    try {
      return new FlowRow(
          partitions.of(flow.conversation(), timestamp),
          timestamp,
          flow.sourcePort(),
          flow.destPort(),
          flow.value(),
          WriteTimestamp.of(flow, clock.millis()));
    } catch (IllegalArgumentException e) {
      // It names the field that cannot be stored, never its content.
      return new Plan.Rejected(String.valueOf(e.getMessage()));
    }
  }
}
