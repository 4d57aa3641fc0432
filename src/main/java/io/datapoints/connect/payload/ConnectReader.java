package io.datapoints.connect.payload;

import io.datapoints.connect.model.RecordOrigin;
import io.datapoints.connect.model.SampleSink;

/** Reads what a layout wants of the maps, lists and structs that converters make. */
public interface ConnectReader {

  /** Reads one map, list or struct. */
  void read(Object value, RecordOrigin origin, SampleSink sink);
}
