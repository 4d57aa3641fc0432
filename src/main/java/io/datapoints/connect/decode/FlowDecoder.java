package io.datapoints.connect.decode;

import io.datapoints.connect.config.FlowsConfig;
import io.datapoints.connect.model.RecordOrigin;
import io.datapoints.connect.model.SampleSink;
import org.apache.kafka.connect.sink.SinkRecord;

/** Not built yet. */
public final class FlowDecoder {

  public FlowDecoder(FlowsConfig config) {}

  public void decode(SinkRecord record, RecordOrigin origin, SampleSink sink) {
    sink.reject("not built yet");
  }
}
