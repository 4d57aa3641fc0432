package io.datapoints.connect.payload;

import io.datapoints.connect.model.RecordOrigin;
import io.datapoints.connect.model.SampleSink;
import org.apache.kafka.connect.sink.SinkRecord;

/** Reads the samples out of one record: decodes its value and applies the rules of the layout. */
public interface RecordReader {

  /**
   * Gives every good sample and every reason against a part of the record to the sink. What it
   * throws all the same is a bug, which costs the record.
   */
  void read(SinkRecord record, RecordOrigin origin, SampleSink sink);

  /** Whether a record without a value may say something, as a deletion does. */
  default boolean readsTombstone(SinkRecord record) {
    return false;
  }
}
