package io.datapoints.connect.store;

import io.datapoints.connect.model.Cells;
import io.datapoints.connect.model.Flow;
import io.datapoints.connect.model.Sample;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * A store of the table layout that takes flows.
 *
 * @param store with {@link #MAPPING} for the topic of the flows
 */
record FlowsAsCells(Store store) implements Store {

  static final String MAPPING =
      "source_ip=value.source_ip, dest_ip=value.dest_ip, protocol=value.protocol,"
          + " timestamp=value.timestamp, source_port=value.source_port,"
          + " dest_port=value.dest_port, value=value.value";

  @Override
  public CompletionStage<Outcome> open() {
    return store.open();
  }

  @Override
  public Plan plan(Sample sample) {
    Flow flow = (Flow) sample;
    List<Object> values =
        List.of(
            flow.conversation().sourceIp(),
            flow.conversation().destIp(),
            flow.conversation().protocol(),
            Instant.ofEpochMilli(flow.timestamp()),
            flow.sourcePort(),
            flow.destPort(),
            flow.value());
    return store.plan(new Cells(flow.origin().topic(), 0, values, null, false, flow.origin()));
  }

  @Override
  public CompletionStage<Outcome> write(PartitionKey partition, List<Row> rows) {
    return store.write(partition, rows);
  }

  @Override
  public void close() {
    store.close();
  }
}
