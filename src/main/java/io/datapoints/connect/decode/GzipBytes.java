package io.datapoints.connect.decode;

import io.datapoints.connect.model.SampleSink;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;

/**
 * Inflates gzip data within a bound. All of it is inflated before any is read, since only its end
 * tells whether it is whole: the checksum is there.
 */
final class GzipBytes {

  private static final int INPUT_BUFFER_BYTES = 4_096;

  private final int limit;

  GzipBytes(int limit) {
    this.limit = limit;
  }

  /** Whether these bytes start as gzip data does (RFC 1952), which no JSON can. */
  static boolean recognised(byte[] bytes, int offset, int length) {
    return length >= 2 && bytes[offset] == (byte) 0x1f && bytes[offset + 1] == (byte) 0x8b;
  }

  /** Hands on the inflated bytes, or gives the reason why there are none. */
  void inflate(
      byte[] bytes, int offset, int length, SampleSink sink, Consumer<byte[]> inflatedBytes) {
    byte[] inflated;
    try (GZIPInputStream stream =
        new GZIPInputStream(new ByteArrayInputStream(bytes, offset, length), INPUT_BUFFER_BYTES)) {
      inflated = stream.readNBytes(limit);
      if (inflated.length == limit && stream.read() >= 0) {
        sink.reject(Faults.inflated(limit));
        return;
      }
    } catch (IOException damaged) {
      sink.reject(Faults.GZIP);
      return;
    }
    inflatedBytes.accept(inflated);
  }
}
