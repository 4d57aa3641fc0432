package io.datapoints.connect.format;

import io.datapoints.connect.model.RecordOrigin;
import io.datapoints.connect.model.SampleSink;

/**
 * Decodes the points of one format from the bytes of a record, or of a request. A decoder knows
 * neither Kafka nor HTTP. It may have state that serves the next call, but none that changes it.
 * Used by one thread.
 */
public interface FormatDecoder {

  /**
   * Gives the sink every good point and a reason for every bad part, and counts what the format
   * itself wants left out. Bytes that cannot be decoded are a reason; an exception is a bug.
   *
   * @param bytes not compressed by gzip; not changed
   * @param origin has the time of points that come without one
   */
  void decode(byte[] bytes, int offset, int length, RecordOrigin origin, SampleSink sink);
}
