package io.datapoints.connect.format;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.datapoints.connect.model.NameInReason;
import io.datapoints.connect.model.Rule;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The tags of an object: an object of texts. A number or a boolean is its text; a tag that is null
 * or empty says nothing. Reused for one object after another.
 */
public final class JsonTags {

  /** {@link #clear} releases lists of more tags, which a huge object needed. */
  private static final int RETAINED = 1_024;

  private List<String> names = new ArrayList<>();
  private List<String> values = new ArrayList<>();
  private long chars;
  private @Nullable PartFault fault;

  /** Drops the tags of the object before. */
  public void clear() {
    if (names.size() > RETAINED) {
      names = new ArrayList<>();
      values = new ArrayList<>();
    }
    names.clear();
    values.clear();
    chars = 0;
    fault = null;
  }

  /** Reads the value of the field that holds the tags, in the place of those read before. */
  public void read(JsonParser json, JsonToken token) throws IOException {
    clear();
    if (token == JsonToken.START_OBJECT) {
      for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
        tag(name, json, json.nextToken());
      }
    } else if (token != JsonToken.VALUE_NULL) {
      json.skipChildren();
      fault = new PartFault(Rule.TAGS, ".tags is not an object of texts.");
    }
  }

  private void tag(String name, JsonParser json, JsonToken token) throws IOException {
    if (token.isStructStart()) {
      json.skipChildren();
      fault =
          new PartFault(
              Rule.TAGS, ".tag[" + NameInReason.of(name) + "].value is an object or an array.");
    } else if (token != JsonToken.VALUE_NULL && json.getTextLength() > 0) {
      add(name, json.getText());
    }
  }

  /** Adds a tag that is not among the others. */
  public void add(String name, String value) {
    names.add(name);
    values.add(value);
    chars += name.length() + value.length();
  }

  /**
   * Throws if the tags cannot be read.
   *
   * @throws PartFault the rest of a sentence that begins with the object
   */
  public void check() throws PartFault {
    if (fault != null) {
      throw fault;
    }
  }

  /** Passes on each tag. */
  public void forEach(BiConsumer<String, String> action) {
    for (int tag = 0; tag < names.size(); tag++) {
      action.accept(names.get(tag), values.get(tag));
    }
  }

  /** How many characters the tags have. */
  public long chars() {
    return chars;
  }
}
