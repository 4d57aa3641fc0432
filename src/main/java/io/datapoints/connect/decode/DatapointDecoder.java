package io.datapoints.connect.decode;

import io.datapoints.connect.config.KairosConfig;
import io.datapoints.connect.kairosdb.RawMetric;
import io.datapoints.connect.kairosdb.RawMetricHandler;
import io.datapoints.connect.model.RecordOrigin;
import io.datapoints.connect.model.SampleSink;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * Decodes the values of records in KairosDB's layout: JSON as bytes or text, gzip compressed or
 * not, and the maps, lists and structs that converters make. What cannot be read becomes a reason,
 * never an exception. One instance a task, used on its thread.
 */
public final class DatapointDecoder {

  private final JsonText json;
  private final ConnectMetricReader connect;
  private final GzipBytes gzip;

  /**
   * @param settings the bound on inflated bytes
   * @param handler takes each metric object as soon as it is complete
   */
  public DatapointDecoder(KairosConfig settings, RawMetricHandler handler) {
    RawMetric metric = new RawMetric();
    this.json = new JsonText(new JsonMetricReader(metric, handler));
    this.connect = new ConnectMetricReader(metric, handler);
    this.gzip = new GzipBytes(settings.maxInflatedBytes());
  }

  /**
   * Decodes one record that has a value; the handler gets its metrics and the sink the reasons for
   * what is none.
   */
  public void decode(SinkRecord record, RecordOrigin origin, SampleSink sink) {
    Object value = record.value();
    if (value instanceof byte[] bytes) {
      bytes(bytes, 0, bytes.length, origin, sink);
    } else if (value instanceof String text) {
      json.decode(text, origin, sink);
    } else if (value instanceof ByteBuffer buffer) {
      buffer(buffer, origin, sink);
    } else if (value instanceof Map || value instanceof List || value instanceof Struct) {
      connect.read(value, origin, sink);
    } else {
      sink.reject(value == null ? Faults.EMPTY : Faults.unsupported(value.getClass()));
    }
  }

  private void buffer(ByteBuffer buffer, RecordOrigin origin, SampleSink sink) {
    if (buffer.hasArray()) {
      int offset = buffer.arrayOffset() + buffer.position();
      bytes(buffer.array(), offset, buffer.remaining(), origin, sink);
    } else {
      byte[] copy = new byte[buffer.remaining()];
      buffer.duplicate().get(copy);
      bytes(copy, 0, copy.length, origin, sink);
    }
  }

  private void bytes(byte[] bytes, int offset, int length, RecordOrigin origin, SampleSink sink) {
    if (GzipBytes.recognised(bytes, offset, length)) {
      gzip.inflate(
          bytes,
          offset,
          length,
          sink,
          inflated -> json.decode(inflated, 0, inflated.length, origin, sink));
    } else {
      json.decode(bytes, offset, length, origin, sink);
    }
  }
}
