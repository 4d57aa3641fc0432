package io.datapoints.connect.payload;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.datapoints.connect.model.RecordOrigin;
import io.datapoints.connect.model.SampleSink;
import java.io.IOException;

/** Reads the parsed JSON of a record for one layout. */
public interface JsonReader {

  /**
   * Announces a text, for a reader that notes where a value stands.
   *
   * @param offset what to take from the parser's byte offsets to get positions in the array of
   *     bytes
   */
  default void begin(long offset) {}

  /**
   * Reads the first value, and leaves what follows it to the caller.
   *
   * @throws IOException if the text is not JSON; the caller gives the reason
   */
  void read(JsonParser json, RecordOrigin origin, SampleSink sink) throws IOException;

  /**
   * Reads the values that follow the first one in the same text, one a line for example.
   *
   * @param first the token at which the second value starts
   * @return false if a text has one value only; nothing is read then
   * @throws IOException if the text is not JSON; the caller gives the reason
   */
  default boolean readMore(JsonParser json, JsonToken first, RecordOrigin origin, SampleSink sink)
      throws IOException {
    return false;
  }
}
