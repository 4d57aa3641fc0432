package io.datapoints.connect.http.metrics;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/** Readings as JSON: a list of objects with name, tags and value; null for what is no number. */
public final class JsonReadings {

  private static final JsonFactory JSON = new JsonFactory();

  private JsonReadings() {}

  /** Writes the readings as they are now. */
  public static String of(List<Reading> readings) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeArrayFieldStart("metrics");
      for (Reading reading : readings) {
        write(json, reading);
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static void write(JsonGenerator json, Reading reading) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", reading.name());
    json.writeObjectFieldStart("tags");
    for (Map.Entry<String, String> tag : reading.tags().entrySet()) {
      json.writeStringField(tag.getKey(), tag.getValue());
    }
    json.writeEndObject();
    Number value = reading.now();
    json.writeFieldName("value");
    if (value instanceof Long || value instanceof Integer) {
      json.writeNumber(value.longValue());
    } else if (Double.isFinite(value.doubleValue())) {
      json.writeNumber(value.doubleValue());
    } else {
      json.writeNull();
    }
    json.writeEndObject();
  }
}
