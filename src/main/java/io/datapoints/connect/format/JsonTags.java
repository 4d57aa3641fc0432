package io.datapoints.connect.format;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.datapoints.connect.model.NameInReason;
import io.datapoints.connect.model.Rule;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Tags as an object of texts. A number or a boolean is its text; a tag that is null or empty says
 * nothing. Reused for one object after another.
 */
public final class JsonTags {

  private final TagList list = new TagList();
  private @Nullable PartFault fault;

  /** Drops the tags of the object before. */
  public void clear() {
    list.clear();
    fault = null;
  }

  /**
   * Reads the value of the field that holds the tags, in the place of those read before.
   *
   * @param field its name, for reasons
   */
  public void read(String field, JsonParser json, JsonToken token) throws IOException {
    clear();
    if (token == JsonToken.START_OBJECT) {
      for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
        tag(name, json, json.nextToken());
      }
    } else if (token != JsonToken.VALUE_NULL) {
      json.skipChildren();
      fault = new PartFault(Rule.TAGS, "." + field + " is not an object of texts.");
    }
  }

  private void tag(String name, JsonParser json, JsonToken token) throws IOException {
    if (token.isStructStart()) {
      json.skipChildren();
      fault =
          new PartFault(
              Rule.TAGS, ".tag[" + NameInReason.of(name) + "].value is an object or an array.");
    } else if (token != JsonToken.VALUE_NULL && json.getTextLength() > 0) {
      list.add(name, json.getText());
    }
  }

  /**
   * The tags that were read.
   *
   * @throws PartFault if they cannot be read: the rest of a sentence that begins with the object
   */
  public TagList list() throws PartFault {
    if (fault != null) {
      throw fault;
    }
    return list;
  }
}
