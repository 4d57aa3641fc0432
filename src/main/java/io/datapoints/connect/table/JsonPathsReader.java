package io.datapoints.connect.table;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.datapoints.connect.model.MappedRecord;
import io.datapoints.connect.model.RecordOrigin;
import io.datapoints.connect.model.Rule;
import io.datapoints.connect.model.SampleSink;
import io.datapoints.connect.payload.JsonReader;
import io.datapoints.connect.payload.JsonTexts;
import io.datapoints.connect.payload.JsonTree;
import io.datapoints.connect.payload.RejectReasons;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the values at given paths of one JSON value in one pass, and creates objects for nothing
 * else. If several fields have the same name, the last one counts. Used on the task thread.
 */
final class JsonPathsReader implements JsonReader {

  private final String part;
  private final RepeatedTexts texts;
  private final ValuePaths trees;
  private PathTree paths = new PathTree();
  private @Nullable Object[] slots = new Object[0];
  private @Nullable TopicProgram records;

  /**
   * @param part the name of the part in a reason: the key or the value of a record
   * @param texts the texts of earlier records
   * @param inner parses JSON in texts
   */
  JsonPathsReader(String part, RepeatedTexts texts, JsonTexts inner) {
    this.part = part;
    this.texts = texts;
    this.trees = new ValuePaths((tree, none) -> tree, inner);
  }

  /** Sets the paths to read of the next record, and the slots for their values. */
  void expect(PathTree wanted, @Nullable Object[] into) {
    paths = wanted;
    slots = into;
    records = null;
  }

  /** Expects a record or an array of records next, and sets the program to run on each. */
  void expectRecords(TopicProgram program) {
    expect(program.value(), program.slots());
    records = program;
  }

  @Override
  public void read(JsonParser json, RecordOrigin origin, SampleSink sink) throws IOException {
    JsonToken token = json.nextToken();
    if (token == null) {
      sink.reject(Rule.NO_VALUE, RejectReasons.empty("record " + part));
    } else if (records != null) {
      records(json, token, records, origin, sink);
    } else if (token == JsonToken.START_ARRAY && !paths.fields().isEmpty()) {
      json.skipChildren();
      sink.reject(Rule.SHAPE, RejectReasons.array(part));
    } else if (token.isScalarValue() && paths.asksInside()) {
      sink.reject(Rule.SHAPE, RejectReasons.noObject(part));
    } else {
      place(json, token, paths);
    }
  }

  private void records(
      JsonParser json, JsonToken token, TopicProgram program, RecordOrigin origin, SampleSink sink)
      throws IOException {
    if (token == JsonToken.START_OBJECT) {
      place(json, token, paths);
      program.run(TopicProgram.ALONE, false, origin, sink);
    } else if (token == JsonToken.START_ARRAY) {
      program.runArray(origin, sink);
      int index = 0;
      for (JsonToken next = json.nextToken();
          next != JsonToken.END_ARRAY;
          next = json.nextToken()) {
        element(json, next, index++, program, origin, sink);
      }
    } else {
      sink.reject(Rule.SHAPE, RejectReasons.noObjects("record value", program.noun()));
    }
  }

  @Override
  public boolean readMore(JsonParser json, JsonToken first, RecordOrigin origin, SampleSink sink)
      throws IOException {
    TopicProgram program = records;
    if (program == null) {
      return false;
    }
    int index = 1;
    for (JsonToken token = first; token != null; token = json.nextToken()) {
      element(json, token, index++, program, origin, sink);
    }
    return true;
  }

  private void element(
      JsonParser json,
      JsonToken token,
      int index,
      TopicProgram program,
      RecordOrigin origin,
      SampleSink sink)
      throws IOException {
    if (token == JsonToken.START_OBJECT) {
      place(json, token, paths);
      program.run(index, false, origin, sink);
    } else {
      json.skipChildren();
      RejectReasons.rejectNoObject(program.noun(), index, sink);
    }
  }

  /** Recurses no deeper than the longest path. */
  private void place(JsonParser json, JsonToken token, PathTree place) throws IOException {
    if (!place.leadsOn()) {
      slots[place.slot()] = value(json, token);
      return;
    }
    place.forget(slots);
    if (place.slot() != PathTree.NO_SLOT || place.parsed() != null) {
      trees.fill(place, value(json, token), null, slots);
    } else if (token == JsonToken.START_OBJECT) {
      fields(json, place);
    } else if (token == JsonToken.START_ARRAY) {
      elements(json, place);
    } else if (token == JsonToken.VALUE_STRING) {
      place.blockInside(MappedRecord.NO_OBJECT, false, slots);
    }
  }

  private @Nullable Object value(JsonParser json, JsonToken token) throws IOException {
    return token == JsonToken.VALUE_STRING ? text(json) : JsonTree.read(json, token);
  }

  private String text(JsonParser json) throws IOException {
    return texts.of(json.getTextCharacters(), json.getTextOffset(), json.getTextLength());
  }

  private void fields(JsonParser json, PathTree place) throws IOException {
    if (!place.dotted().isEmpty()) {
      dottedFields(json, place);
      return;
    }
    int position = 0;
    for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
      JsonToken token = json.nextToken();
      PathTree next = place.field(name, position++);
      if (next == null) {
        json.skipChildren();
      } else {
        place(json, token, next);
      }
    }
  }

  /** A field whose name has the dots of a path waits for the nested ones, which come first. */
  private void dottedFields(JsonParser json, PathTree place) throws IOException {
    Map<String, @Nullable Object> found = null;
    int position = 0;
    for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
      JsonToken token = json.nextToken();
      PathTree next = place.field(name, position++);
      if (next != null) {
        place(json, token, next);
      } else if (name.indexOf('.') >= 0 && place.dotted().containsKey(name)) {
        found = found == null ? new HashMap<>() : found;
        found.put(name, value(json, token));
      } else {
        json.skipChildren();
      }
    }
    if (found != null) {
      trees.fillDotted(place, found, slots);
    }
  }

  private void elements(JsonParser json, PathTree place) throws IOException {
    Map<Integer, PathTree> wanted = place.elements();
    if (wanted.isEmpty()) {
      json.skipChildren();
      return;
    }
    int index = 0;
    for (JsonToken token = json.nextToken();
        token != JsonToken.END_ARRAY;
        token = json.nextToken()) {
      PathTree next = wanted.get(index++);
      if (next == null) {
        json.skipChildren();
      } else {
        place(json, token, next);
      }
    }
  }
}
