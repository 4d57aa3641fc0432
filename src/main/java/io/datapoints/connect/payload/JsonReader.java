package io.datapoints.connect.payload;

import com.fasterxml.jackson.core.JsonParser;
import io.datapoints.connect.model.RecordOrigin;
import io.datapoints.connect.model.SampleSink;
import java.io.IOException;

/** Reads what a layout wants of one JSON text. */
public interface JsonReader {

  /**
   * Reads the first value of the text. What follows it is left to the caller.
   *
   * @throws IOException when the text is no JSON; the caller gives the reason
   */
  void read(JsonParser json, RecordOrigin origin, SampleSink sink) throws IOException;
}
