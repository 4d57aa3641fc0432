package io.datapoints.connect.format;

import io.datapoints.connect.model.RecordOrigin;
import io.datapoints.connect.model.Rule;
import io.datapoints.connect.model.SampleSink;
import io.datapoints.connect.payload.RecordReader;
import io.datapoints.connect.payload.RejectReasons;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * Reads records whose values are a message each, of a format that is a map of fields. The map goes
 * to the reader of maps, as a converter would hand it over; what a converter made of a value goes
 * there as it is.
 */
public final class MapReader implements RecordReader {

  private static final String TEXT =
      "The record value is a text, not bytes; set value.converter to ByteArrayConverter.";

  private final MapDecoder decoder;
  private final RecordReader maps;

  public MapReader(MapDecoder decoder, RecordReader maps) {
    this.decoder = decoder;
    this.maps = maps;
  }

  @Override
  public boolean readsTombstone(SinkRecord record) {
    return maps.readsTombstone(record);
  }

  @Override
  public void read(SinkRecord record, RecordOrigin origin, SampleSink sink) {
    Object value = record.value();
    if (value instanceof byte[] bytes) {
      message(record, bytes, origin, sink);
    } else if (value instanceof ByteBuffer buffer) {
      byte[] copy = new byte[buffer.remaining()];
      buffer.duplicate().get(copy);
      message(record, copy, origin, sink);
    } else if (value instanceof String) {
      sink.reject(Rule.SHAPE, TEXT);
    } else {
      maps.read(record, origin, sink);
    }
  }

  private void message(SinkRecord record, byte[] bytes, RecordOrigin origin, SampleSink sink) {
    if (bytes.length == 0) {
      sink.reject(Rule.NO_VALUE, RejectReasons.empty("record value"));
      return;
    }
    Map<String, Object> fields;
    try {
      fields = decoder.decode(bytes, 0, bytes.length);
    } catch (IOException damaged) {
      sink.reject(
          Rule.SHAPE,
          "The record value is not " + decoder.noun() + ", or a damaged or truncated one.");
      return;
    }
    maps.read(
        record.newRecord(
            record.topic(),
            record.kafkaPartition(),
            record.keySchema(),
            record.key(),
            null,
            fields,
            record.timestamp()),
        origin,
        sink);
  }
}
