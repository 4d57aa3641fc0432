package io.datapoints.connect.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What a request is answered.
 *
 * @param body empty for none
 * @param headers beside those that all answers have
 * @param closes whether the connection ends with it
 */
record Answer(int status, String contentType, String body, List<Header> headers, boolean closes) {

  /** A header of an answer. */
  record Header(String name, String value) {}

  /** KairosDB's, which it has where there is no body as well. */
  static final String JSON = "application/json;charset=utf-8";

  private static final JsonFactory FACTORY = new JsonFactory();

  static Answer empty(int status) {
    return new Answer(status, JSON, "", List.of(), false);
  }

  static Answer json(int status, String text) {
    return text(status, JSON, text);
  }

  static Answer text(int status, String contentType, String text) {
    return new Answer(status, contentType, text, List.of(), false);
  }

  /** The form of all that is no success: clients parse it. */
  static Answer errors(int status, List<String> reasons) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      json.writeStartObject();
      json.writeArrayFieldStart("errors");
      for (String reason : reasons) {
        json.writeString(reason);
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return json(status, text.toString());
  }

  static Answer error(int status, String reason) {
    return errors(status, List.of(reason));
  }

  Answer with(String name, String value) {
    List<Header> more = new ArrayList<>(headers);
    more.add(new Header(name, value));
    return new Answer(status, contentType, body, List.copyOf(more), closes);
  }

  /** The same, and the connection ends with it. */
  Answer closing() {
    return new Answer(status, contentType, body, headers, true);
  }
}
