package io.datapoints.connect.kairosdb;

import io.datapoints.connect.config.KairosConfig;
import io.datapoints.connect.kairosdb.raw.ConnectMetricReader;
import io.datapoints.connect.kairosdb.raw.JsonMetricReader;
import io.datapoints.connect.kairosdb.raw.RawMetric;
import io.datapoints.connect.model.RecordOrigin;
import io.datapoints.connect.model.Rule;
import io.datapoints.connect.model.SampleSink;
import io.datapoints.connect.payload.JsonDecoder;
import io.datapoints.connect.payload.RecordReader;
import io.datapoints.connect.payload.RejectReasons;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * Reads records in KairosDB's layout: JSON as bytes or text, gzip compressed or not, and the maps,
 * lists and structs that converters make. A value that cannot be read is a reason, never an
 * exception. One instance a task, used on the task's thread.
 */
public final class DatapointReader implements RecordReader {

  private static final String TEXT = "record value";

  private final JsonDecoder json;
  private final ConnectMetricReader connect;

  /**
   * @param maxInflatedBytes bytes that gzip data may inflate to at most
   */
  public DatapointReader(int maxInflatedBytes, KairosConfig settings) {
    RawMetric metric = new RawMetric();
    DatapointValidator validator =
        new DatapointValidator(settings, DatapointValidator.Nulls.NO_POINTS);
    this.json =
        new JsonDecoder(maxInflatedBytes, new JsonMetricReader(TEXT, metric, validator, false));
    this.connect = new ConnectMetricReader(metric, validator);
  }

  @Override
  public void read(SinkRecord record, RecordOrigin origin, SampleSink sink) {
    Object value = record.value();
    if (json.read(value, origin, sink)) {
      return;
    }
    if (value instanceof Map || value instanceof List || value instanceof Struct) {
      connect.read(value, record.valueSchema(), origin, sink);
    } else if (value == null) {
      sink.reject(Rule.NO_VALUE, RejectReasons.empty(TEXT));
    } else {
      sink.reject(Rule.SHAPE, RejectReasons.unsupported(value.getClass()));
    }
  }
}
