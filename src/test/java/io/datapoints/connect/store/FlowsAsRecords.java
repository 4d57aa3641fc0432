package io.datapoints.connect.store;

import io.datapoints.connect.model.MappedRecord;
import io.datapoints.connect.model.Sample;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * A store of the table layout that takes flows.
 *
 * @param store with {@link #MAPPING} for the topic of the flows
 */
record FlowsAsRecords(Store store) implements Store {

  static final String MAPPING =
      "source_ip=value.source_ip, dest_ip=value.dest_ip, source_port=value.source_port,"
          + " dest_port=value.dest_port, protocol=value.protocol, timestamp=value.timestamp,"
          + " value=value.value";

  @Override
  public CompletionStage<Outcome> open() {
    return store.open();
  }

  @Override
  public Plan plan(Sample sample) {
    MappedRecord flow = (MappedRecord) sample;
    return store.plan(
        new MappedRecord(
            flow.origin().topic(), 0, flow.values().toArray(), null, false, flow.origin()));
  }

  @Override
  public CompletionStage<Outcome> write(List<Row> rows) {
    return store.write(rows);
  }

  @Override
  public void close() {
    store.close();
  }
}
