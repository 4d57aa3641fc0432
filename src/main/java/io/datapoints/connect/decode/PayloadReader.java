package io.datapoints.connect.decode;

import io.datapoints.connect.model.RecordOrigin;
import io.datapoints.connect.model.SampleSink;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * Gives the value of a record to the reader of its form: JSON as bytes or text, gzip compressed or
 * not, or the maps, lists and structs that converters make. What has none of these forms becomes a
 * reason. One instance a task, used on its thread.
 */
final class PayloadReader {

  private final JsonText json;
  private final ConnectReader connect;
  private final GzipBytes gzip;

  /**
   * @param maxInflatedBytes the bound on what gzip data inflates to
   * @param json reads JSON
   * @param connect reads everything else
   */
  PayloadReader(int maxInflatedBytes, JsonReader json, ConnectReader connect) {
    this.json = new JsonText(json);
    this.connect = connect;
    this.gzip = new GzipBytes(maxInflatedBytes);
  }

  /** Reads one record that has a value. */
  void read(SinkRecord record, RecordOrigin origin, SampleSink sink) {
    Object value = record.value();
    if (value instanceof byte[] bytes) {
      bytes(bytes, 0, bytes.length, origin, sink);
    } else if (value instanceof String text) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      json.decode(bytes, 0, bytes.length, origin, sink);
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
      ByteBuffer inflated = gzip.inflate(bytes, offset, length, sink);
      if (inflated != null) {
        json.decode(inflated.array(), inflated.arrayOffset(), inflated.remaining(), origin, sink);
      }
    } else {
      json.decode(bytes, offset, length, origin, sink);
    }
  }
}
