package io.datapoints.connect.payload;

import com.fasterxml.jackson.core.JsonParser;
import io.datapoints.connect.model.RecordOrigin;
import io.datapoints.connect.model.SampleSink;
import java.io.IOException;

/** Reads the parsed JSON of a record for one layout. */
public interface JsonReader {

  /**
   * Reads the first value, and leaves what follows it to the caller.
   *
   * @throws IOException if the text is not JSON; the caller gives the reason
   */
  void read(JsonParser json, RecordOrigin origin, SampleSink sink) throws IOException;
}
