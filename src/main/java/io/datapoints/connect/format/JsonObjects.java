package io.datapoints.connect.format;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.datapoints.connect.model.NameInReason;
import io.datapoints.connect.model.RecordOrigin;
import io.datapoints.connect.model.Rule;
import io.datapoints.connect.model.SampleSink;
import io.datapoints.connect.payload.JsonDecoder;
import io.datapoints.connect.payload.JsonReader;
import io.datapoints.connect.payload.RejectReasons;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Decodes JSON of one object, of an array of them, or of several one after the other, in one pass
 * and without a tree. Each object is an outcome of its own: a bad one is a reason, and what stands
 * before a syntax error is kept. Used by one thread.
 */
public final class JsonObjects implements FormatDecoder, JsonReader {

  private static final String TEXT = "JSON";
  private static final String NOUN = "metric";

  /** What is decoded here is not compressed any more. */
  private static final int NOTHING_INFLATED = 0;

  private final JsonDecoder decoder = new JsonDecoder(NOTHING_INFLATED, this);
  private final JsonForm form;
  private final @Nullable String batch;
  private int index;

  public JsonObjects(JsonForm form) {
    this(form, null);
  }

  /**
   * @param batch the name of a field that may hold an array of objects, so that the object which
   *     has it is none itself; null if there is no such field
   */
  public JsonObjects(JsonForm form, @Nullable String batch) {
    this.form = form;
    this.batch = batch;
  }

  @Override
  public void decode(byte[] bytes, int offset, int length, RecordOrigin origin, SampleSink sink) {
    decoder.readPlain(bytes, offset, length, origin, sink);
  }

  @Override
  public void read(JsonParser json, RecordOrigin origin, SampleSink sink) throws IOException {
    index = 0;
    JsonToken token = json.nextToken();
    if (token == null) {
      sink.reject(Rule.NO_VALUE, RejectReasons.empty(TEXT));
    } else if (token.isStructStart()) {
      objects(json, token, origin, sink);
    } else {
      sink.reject(Rule.SHAPE, RejectReasons.noObjects(TEXT, NOUN));
    }
  }

  @Override
  public boolean readMore(JsonParser json, JsonToken first, RecordOrigin origin, SampleSink sink)
      throws IOException {
    for (JsonToken token = first; token != null; token = json.nextToken()) {
      objects(json, token, origin, sink);
    }
    return true;
  }

  private void objects(JsonParser json, JsonToken token, RecordOrigin origin, SampleSink sink)
      throws IOException {
    if (token == JsonToken.START_ARRAY) {
      elements(json, batch, origin, sink);
    } else {
      element(json, token, batch, origin, sink);
    }
  }

  private void elements(
      JsonParser json, @Nullable String within, RecordOrigin origin, SampleSink sink)
      throws IOException {
    for (JsonToken next = json.nextToken(); next != JsonToken.END_ARRAY; next = json.nextToken()) {
      element(json, next, within, origin, sink);
    }
  }

  private void element(
      JsonParser json,
      JsonToken token,
      @Nullable String within,
      RecordOrigin origin,
      SampleSink sink)
      throws IOException {
    if (token != JsonToken.START_OBJECT) {
      json.skipChildren();
      RejectReasons.rejectNoObject(NOUN, index++, sink);
    } else if (!isBatch(json, within, origin, sink)) {
      points(index++, origin, sink);
    }
  }

  /** Reads an object; true for one that holds others, whose points have been given. */
  private boolean isBatch(
      JsonParser json, @Nullable String within, RecordOrigin origin, SampleSink sink)
      throws IOException {
    form.clear();
    boolean batched = false;
    for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
      JsonToken token = json.nextToken();
      if (token == JsonToken.START_ARRAY && name.equals(within)) {
        batched = true;
        elements(json, null, origin, sink);
      } else {
        form.field(name, json, token);
      }
    }
    return batched;
  }

  private void points(int position, RecordOrigin origin, SampleSink sink) {
    try {
      form.points(position, origin, sink);
    } catch (PartFault fault) {
      sink.reject(fault.rule(), () -> place(position, form.name()) + fault.problem());
    }
  }

  private static String place(int position, String name) {
    String place = NOUN + "[" + position + "]";
    return name.isEmpty() ? place : place + "(name=" + NameInReason.of(name) + ")";
  }
}
