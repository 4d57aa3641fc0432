package io.datapoints.connect.flows;

import io.datapoints.connect.config.CassandraSinkConfig;
import io.datapoints.connect.config.mapping.MappingConfig;
import io.datapoints.connect.model.MappedRecord;
import io.datapoints.connect.model.RecordOrigin;
import io.datapoints.connect.model.Rule;
import io.datapoints.connect.model.Sample;
import io.datapoints.connect.model.SampleSink;
import io.datapoints.connect.table.TableReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.sink.SinkRecord;

/** Decoder and validator of flows together, as a task composes them, with all that they yield. */
final class FlowReading implements SampleSink {

  static final RecordOrigin ORIGIN = new RecordOrigin("flows", 3, 42, 7);

  private static final int MAX_INFLATED_BYTES = 100_000;

  final List<Flow> flows = new ArrayList<>();
  final List<MappedRecord> samples = new ArrayList<>();
  final List<String> reasons = new ArrayList<>();
  int skipped;
  private final TableReader reader;

  private FlowReading(MappingConfig mapping) {
    reader = new TableReader(mapping, MAX_INFLATED_BYTES);
  }

  static FlowReading plain() {
    return with(Map.of());
  }

  /** With these lines of the connector's configuration. */
  static FlowReading with(Map<String, String> settings) {
    Map<String, String> properties = new HashMap<>(settings);
    properties.put("layout", "flows");
    return new FlowReading(CassandraSinkConfig.from(properties).pipeline().mapping());
  }

  /** Reads one more record and forgets what those before it gave. */
  FlowReading of(Object value) {
    flows.clear();
    samples.clear();
    reasons.clear();
    skipped = 0;
    Schema none = null;
    reader.read(new SinkRecord("flows", 3, none, null, none, value, 42), ORIGIN, this);
    return this;
  }

  @Override
  public void accept(Sample sample) {
    MappedRecord mapped = (MappedRecord) sample;
    samples.add(mapped);
    flows.add(Flow.of(mapped));
  }

  @Override
  public void reject(Rule rule, String reason) {
    reasons.add(reason);
  }

  @Override
  public void skip() {
    skipped++;
  }

  /** The flows as texts, so that a table can say what is expected. */
  List<String> described() {
    return flows.stream().map(FlowReading::describe).toList();
  }

  private static String describe(Flow flow) {
    return flow.conversation().protocol()
        + " "
        + flow.conversation().sourceIp()
        + " "
        + flow.sourcePort()
        + " > "
        + flow.conversation().destIp()
        + " "
        + flow.destPort()
        + " @ "
        + flow.timestamp()
        + " = "
        + flow.value();
  }
}
