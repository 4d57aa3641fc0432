package io.datapoints.connect.kairosdb;

import io.datapoints.connect.model.RecordOrigin;
import io.datapoints.connect.model.SampleSink;
import io.datapoints.connect.payload.PayloadReader;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * Decodes the values of records in KairosDB's layout: JSON as bytes or text, gzip compressed or
 * not, and the maps, lists and structs that converters make. What cannot be read becomes a reason,
 * never an exception. One instance a task, used on its thread.
 */
public final class DatapointDecoder {

  private final PayloadReader payload;

  /**
   * @param maxInflatedBytes the most bytes that gzip data may inflate to
   * @param handler takes each metric object as soon as it is complete
   */
  public DatapointDecoder(int maxInflatedBytes, RawMetric.Handler handler) {
    RawMetric metric = new RawMetric();
    this.payload =
        new PayloadReader(
            maxInflatedBytes,
            new JsonMetricReader(metric, handler),
            new ConnectMetricReader(metric, handler));
  }

  /**
   * Decodes one record that has a value; the handler gets its metrics, and the sink the reasons for
   * anything that is not a metric.
   */
  public void decode(SinkRecord record, RecordOrigin origin, SampleSink sink) {
    payload.read(record, origin, sink);
  }
}
