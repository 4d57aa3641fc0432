package io.datapoints.connect.format;

import java.io.IOException;
import java.util.Map;

/** Reads the bytes of a record's value as the fields of one message. Used on the task thread. */
public interface MapDecoder {

  /**
   * The fields by their names.
   *
   * @throws IOException if this is no message of the format, or a damaged or truncated one
   */
  Map<String, Object> decode(byte[] bytes, int offset, int length) throws IOException;

  /** What a message is, as in "a FlowMessage of goflow2". */
  String noun();
}
