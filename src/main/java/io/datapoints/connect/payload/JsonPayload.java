package io.datapoints.connect.payload;

import io.datapoints.connect.model.RecordOrigin;
import io.datapoints.connect.model.SampleSink;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Gives JSON in bytes or text, gzip compressed or not, to a reader. One instance a task, used on
 * its thread.
 */
public final class JsonPayload {

  private final JsonText json;
  private final GzipBytes gzip;

  /**
   * @param maxInflatedBytes the bound on what gzip data inflates to
   */
  public JsonPayload(int maxInflatedBytes, JsonReader reader) {
    this.json = new JsonText(reader);
    this.gzip = new GzipBytes(maxInflatedBytes);
  }

  /** Whether this is bytes or text; it was read then, or rejected. */
  public boolean read(@Nullable Object value, RecordOrigin origin, SampleSink sink) {
    if (value instanceof byte[] bytes) {
      bytes(bytes, 0, bytes.length, origin, sink);
    } else if (value instanceof String text) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      json.decode(bytes, 0, bytes.length, origin, sink);
    } else if (value instanceof ByteBuffer buffer) {
      buffer(buffer, origin, sink);
    } else {
      return false;
    }
    return true;
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
