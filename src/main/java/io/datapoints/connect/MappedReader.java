package io.datapoints.connect;

import io.datapoints.connect.config.mapping.MappingConfig;
import io.datapoints.connect.model.RecordOrigin;
import io.datapoints.connect.model.SampleSink;
import io.datapoints.connect.table.TableDecoder;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * Reads records that are mapped field by field. What one without a value means is for the store to
 * say, which knows the keys of the tables.
 */
record MappedReader(MappingConfig mapping, TableDecoder decoder) implements SampleReader {

  @Override
  public void read(SinkRecord record, RecordOrigin origin, SampleSink sink) {
    decoder.decode(record, origin, sink);
  }

  @Override
  public boolean readsTombstone(SinkRecord record) {
    return !mapping.targets(record.topic()).isEmpty();
  }
}
