package io.datapoints.connect.format.prometheus;

import io.datapoints.connect.format.FormatDecoder;
import io.datapoints.connect.format.protobuf.MessageReader;
import io.datapoints.connect.kairosdb.PointFeed;
import io.datapoints.connect.model.RecordOrigin;
import io.datapoints.connect.model.Rule;
import io.datapoints.connect.model.SampleSink;
import io.datapoints.connect.payload.RejectReasons;
import io.datapoints.connect.payload.SnappyBlock;
import java.io.IOException;
import java.util.Arrays;

/**
 * Decodes requests of Prometheus' remote write 1.0, compressed by Snappy as the protocol has them,
 * or not compressed where they cannot be anything else. Of a damaged request the series before the
 * damage are read. Used by one thread.
 */
public final class RemoteWriteDecoder implements FormatDecoder {

  private static final int TIME_SERIES = 1 << 3 | MessageReader.LENGTH;
  private static final int METADATA = 3 << 3 | MessageReader.LENGTH;

  /** Fields of a request of version 2.0. */
  private static final int SYMBOLS = 4 << 3 | MessageReader.LENGTH;

  private static final int TIME_SERIES_2 = 5 << 3 | MessageReader.LENGTH;

  private static final byte[] ZSTD = {0x28, (byte) 0xB5, 0x2F, (byte) 0xFD};

  private final int maxInflatedBytes;
  private final SeriesReader series;

  /**
   * @param maxInflatedBytes bytes that a compressed request may inflate to at most
   */
  public RemoteWriteDecoder(int maxInflatedBytes, PointFeed feed) {
    this.maxInflatedBytes = maxInflatedBytes;
    this.series = new SeriesReader(feed);
  }

  @Override
  public void decode(byte[] bytes, int offset, int length, RecordOrigin origin, SampleSink sink) {
    long inflated = SnappyBlock.length(bytes, offset, length);
    if (inflated > maxInflatedBytes) {
      sink.reject(Rule.SIZE, RejectReasons.inflated(maxInflatedBytes));
      return;
    }
    byte[] message =
        inflated < 0 ? null : SnappyBlock.inflate(bytes, offset, length, (int) inflated);
    if (message != null) {
      request(new MessageReader(message, 0, message.length), origin, sink);
    } else if (isRequest(new MessageReader(bytes, offset, length))) {
      request(new MessageReader(bytes, offset, length), origin, sink);
    } else {
      sink.reject(
          Rule.SHAPE,
          isZstd(bytes, offset, length)
              ? "The message is compressed by zstd, which is VictoriaMetrics' own protocol; only"
                  + " Snappy is that of Prometheus."
              : "The message is not a remote write request that is compressed by Snappy.");
    }
  }

  private static boolean isZstd(byte[] bytes, int offset, int length) {
    return length >= ZSTD.length
        && Arrays.equals(bytes, offset, offset + ZSTD.length, ZSTD, 0, ZSTD.length);
  }

  /** Whether the fields of a request, and no others, make up all of the bytes. */
  private static boolean isRequest(MessageReader in) {
    try {
      for (int tag = in.next(); tag != 0; tag = in.next()) {
        if (tag != TIME_SERIES && tag != METADATA) {
          return false;
        }
        in.skip(tag);
      }
      return true;
    } catch (IOException other) {
      return false;
    }
  }

  private void request(MessageReader request, RecordOrigin origin, SampleSink sink) {
    if (isSecondVersion(request)) {
      sink.reject(Rule.SHAPE, "The message is a request of remote write 2.0, and not of 1.0.");
      return;
    }
    series.begin();
    MessageReader in = request.again();
    int position = 0;
    try {
      for (int tag = in.next(); tag != 0; tag = in.next()) {
        if (tag == TIME_SERIES) {
          series.read(in.message(), position, origin, sink);
          position++;
        } else {
          in.skip(tag);
        }
      }
    } catch (IOException damaged) {
      sink.reject(
          Rule.SHAPE, "The request is damaged or truncated behind " + position + " series.");
    }
  }

  private static boolean isSecondVersion(MessageReader in) {
    try {
      for (int tag = in.next(); tag != 0; tag = in.next()) {
        if (tag == SYMBOLS || tag == TIME_SERIES_2) {
          return true;
        }
        in.skip(tag);
      }
    } catch (IOException damaged) {
      // What is before the damage is read, and the damage then met again.
      return false;
    }
    return false;
  }
}
