package io.datapoints.connect.format.collectd;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.datapoints.connect.format.JsonScalars;
import io.datapoints.connect.format.PartFault;
import io.datapoints.connect.format.Scalar;
import io.datapoints.connect.model.Rule;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A field that is an array of scalars. Reused for one object after another. */
final class JsonList {

  /** {@link #clear} releases a list of more elements, which a huge object needed. */
  private static final int RETAINED = 1_024;

  private final String field;
  private List<Scalar> elements = new ArrayList<>();
  private @Nullable String fault;
  private boolean present;

  /**
   * @param field its name, for reasons
   */
  JsonList(String field) {
    this.field = field;
    clear();
  }

  /** Forgets the array of the object before. */
  void clear() {
    if (elements.size() > RETAINED) {
      elements = new ArrayList<>();
    }
    elements.clear();
    fault = " is missing.";
    present = false;
  }

  /** Reads the value of the field to its end. */
  void read(JsonParser json, JsonToken token) throws IOException {
    clear();
    present = true;
    if (token == JsonToken.START_ARRAY) {
      fault = null;
      for (JsonToken next = json.nextToken();
          next != JsonToken.END_ARRAY;
          next = json.nextToken()) {
        elements.add(JsonScalars.read(json, next));
      }
    } else {
      json.skipChildren();
      fault = " is not an array.";
    }
  }

  /** Whether the object has the field. */
  boolean present() {
    return present;
  }

  /** The elements; throws if there is no array. */
  List<Scalar> list() throws PartFault {
    if (fault != null) {
      throw new PartFault(Rule.SHAPE, "." + field + fault);
    }
    return elements;
  }

  Scalar at(int position) {
    return elements.get(position);
  }
}
