package io.datapoints.connect.flows;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.datapoints.connect.flows.FieldPaths.Place;
import io.datapoints.connect.flows.FieldPaths.Step;
import io.datapoints.connect.model.RecordOrigin;
import io.datapoints.connect.model.Rule;
import io.datapoints.connect.model.SampleSink;
import io.datapoints.connect.payload.Faults;
import io.datapoints.connect.payload.JsonReader;
import io.datapoints.connect.payload.JsonScalar;
import io.datapoints.connect.payload.RawColumn.Kind;
import java.io.IOException;

/**
 * Reads the fields at given paths out of one JSON object, or of each in an array, in one pass and
 * without a tree. Each object is handed on as soon as it has ended, so that what is complete before
 * a syntax error is kept.
 */
final class JsonFieldsReader implements JsonReader {

  private final MappedFields fields;
  private final String noun;

  /**
   * @param noun what one of the objects is called in a reason
   */
  JsonFieldsReader(MappedFields fields, String noun) {
    this.fields = fields;
    this.noun = noun;
  }

  @Override
  public void read(JsonParser json, RecordOrigin origin, SampleSink sink) throws IOException {
    JsonToken token = json.nextToken();
    if (token == null) {
      sink.reject(Rule.NO_VALUE, Faults.EMPTY);
    } else if (token == JsonToken.START_OBJECT) {
      object(json, fields.start(RawFields.ALONE), 0);
      fields.end(origin, sink);
    } else if (token == JsonToken.START_ARRAY) {
      objects(json, origin, sink);
    } else {
      sink.reject(Rule.SHAPE, Faults.noObjects(noun));
    }
  }

  private void objects(JsonParser json, RecordOrigin origin, SampleSink sink) throws IOException {
    int index = 0;
    for (JsonToken token = json.nextToken();
        token != JsonToken.END_ARRAY;
        token = json.nextToken()) {
      if (token == JsonToken.START_OBJECT) {
        object(json, fields.start(index), 0);
        fields.end(origin, sink);
      } else {
        json.skipChildren();
        Faults.rejectNoObject(noun, index, sink);
      }
      index++;
    }
  }

  /** Never deeper than the longest path. */
  private void object(JsonParser json, Place place, int spelling) throws IOException {
    for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
      JsonToken token = json.nextToken();
      Step step = place.step(name);
      if (step == null) {
        json.skipChildren();
      } else {
        field(json, token, step.place(), spelling | step.spelling());
      }
    }
  }

  private void field(JsonParser json, JsonToken token, Place place, int spelling)
      throws IOException {
    boolean taken = fields.enter(place, spelling, token == JsonToken.VALUE_NULL);
    if (token == JsonToken.START_OBJECT && place.leadsOn()) {
      if (taken) {
        fields.column().set(place.row(), Kind.COMPOSITE);
      }
      object(json, place, spelling);
    } else if (taken) {
      JsonScalar.read(json, token, fields.column(), place.row());
    } else {
      json.skipChildren();
    }
  }
}
