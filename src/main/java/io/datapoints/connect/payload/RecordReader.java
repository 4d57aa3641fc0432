package io.datapoints.connect.payload;

import io.datapoints.connect.model.RecordOrigin;
import io.datapoints.connect.model.SampleSink;
import org.apache.kafka.connect.sink.SinkRecord;

/** Reads the records of one layout: decodes a record and applies the rules of the layout. */
public interface RecordReader {

  /**
   * Gives the sink every good sample, and a reason for every bad part of the record. An exception
   * is a bug, and rejects the record.
   */
  void read(SinkRecord record, RecordOrigin origin, SampleSink sink);

  /** Whether a record without a value is read too, because it may be a deletion. */
  default boolean readsTombstone(SinkRecord record) {
    return false;
  }
}
