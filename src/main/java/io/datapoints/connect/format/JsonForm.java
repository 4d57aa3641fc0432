package io.datapoints.connect.format;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.datapoints.connect.model.RecordOrigin;
import io.datapoints.connect.model.SampleSink;
import java.io.IOException;

/**
 * What the objects of a format look like. It holds one object at a time, since their fields come in
 * any order.
 */
public interface JsonForm {

  /** Forgets the object before the next one. */
  void clear();

  /** Reads the value of a field to its end; of several fields of a name the last one counts. */
  void field(String name, JsonParser json, JsonToken token) throws IOException;

  /** The name of the object for reasons, empty if it has none. */
  String name();

  /**
   * Gives the sink the points of the object that was read.
   *
   * @param index position of the object in the record
   * @throws PartFault if the object as a whole says nothing that can be stored
   */
  void points(int index, RecordOrigin origin, SampleSink sink) throws PartFault;
}
