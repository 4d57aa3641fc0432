package io.datapoints.connect.payload;

import io.datapoints.connect.model.RecordOrigin;
import io.datapoints.connect.model.Rule;
import io.datapoints.connect.model.SampleSink;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/**
 * Gives the value of a record to the reader of its form: JSON as bytes or text, gzip compressed or
 * not, or the maps, lists and structs that converters make. What has none of these forms becomes a
 * reason. One instance a task, used on its thread.
 */
public final class PayloadReader {

  private final JsonDecoder json;
  private final ConnectReader connect;

  /**
   * @param maxInflatedBytes the bound on what gzip data inflates to
   * @param json reads JSON
   * @param connect reads everything else
   */
  public PayloadReader(int maxInflatedBytes, JsonReader json, ConnectReader connect) {
    this.json = new JsonDecoder(maxInflatedBytes, json);
    this.connect = connect;
  }

  /** Reads one record that has a value. */
  public void read(SinkRecord record, RecordOrigin origin, SampleSink sink) {
    Object value = record.value();
    if (json.read(value, origin, sink)) {
      return;
    }
    if (value instanceof Map || value instanceof List || value instanceof Struct) {
      connect.read(value, origin, sink);
    } else {
      rejectForm(value, sink);
    }
  }

  private static void rejectForm(@Nullable Object value, SampleSink sink) {
    if (value == null) {
      sink.reject(Rule.NO_VALUE, Faults.EMPTY);
    } else {
      sink.reject(Rule.SHAPE, Faults.unsupported(value.getClass()));
    }
  }
}
