package io.datapoints.connect.format;

import io.datapoints.connect.model.RecordOrigin;
import io.datapoints.connect.model.Rule;
import io.datapoints.connect.model.SampleSink;
import io.datapoints.connect.payload.GzipDecoder;
import io.datapoints.connect.payload.RecordReader;
import io.datapoints.connect.payload.RejectReasons;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * Reads records whose values are bytes, gzip compressed or not, or texts, and has a decoder read
 * what they say. One instance a task, used on the task's thread.
 */
public final class FormatReader implements RecordReader {

  private final GzipDecoder gzip;
  private final FormatDecoder decoder;

  /**
   * @param maxInflatedBytes bytes that gzip data may inflate to at most
   */
  public FormatReader(int maxInflatedBytes, FormatDecoder decoder) {
    this.gzip = new GzipDecoder(maxInflatedBytes);
    this.decoder = decoder;
  }

  @Override
  public void read(SinkRecord record, RecordOrigin origin, SampleSink sink) {
    Object value = record.value();
    if (value instanceof byte[] bytes) {
      decode(bytes, origin, sink);
    } else if (value instanceof String text) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      decoder.decode(bytes, 0, bytes.length, origin, sink);
    } else if (value instanceof ByteBuffer buffer) {
      byte[] copy = new byte[buffer.remaining()];
      buffer.duplicate().get(copy);
      decode(copy, origin, sink);
    } else if (value == null) {
      sink.reject(Rule.NO_VALUE, RejectReasons.empty("record value"));
    } else {
      sink.reject(
          Rule.SHAPE,
          "The record value is a "
              + value.getClass().getName()
              + ", not a text or bytes; set value.converter to ByteArrayConverter.");
    }
  }

  private void decode(byte[] bytes, RecordOrigin origin, SampleSink sink) {
    if (!GzipDecoder.isGzip(bytes, 0, bytes.length)) {
      decoder.decode(bytes, 0, bytes.length, origin, sink);
      return;
    }
    ByteBuffer plain = gzip.inflate(bytes, 0, bytes.length, sink);
    if (plain != null) {
      decoder.decode(plain.array(), plain.arrayOffset(), plain.remaining(), origin, sink);
    }
  }
}
