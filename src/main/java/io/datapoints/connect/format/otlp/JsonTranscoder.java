package io.datapoints.connect.format.otlp;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.datapoints.connect.format.PartFault;
import io.datapoints.connect.format.otlp.JsonFields.Field;
import io.datapoints.connect.format.protobuf.MessageReader;
import io.datapoints.connect.format.protobuf.MessageWriter;
import java.io.IOException;
import java.util.Base64;
import java.util.Objects;

/**
 * Writes a resource of JSON, with all that it holds, as the wire has it. So there is one model of
 * both forms, fields come in any order in both, and what becomes of them is said once. A part that
 * cannot be written is an empty message with a {@link KnownFaults known fault}.
 */
final class JsonTranscoder {

  private static final String NO_OBJECT = " is not an object.";

  private final MessageWriter out = new MessageWriter();
  private final KnownFaults faults = new KnownFaults();

  /** The faults of the resource that was read last. */
  KnownFaults faults() {
    return faults;
  }

  /** Reads the resource that begins with this token; the message is valid until the next one. */
  MessageReader resource(JsonParser json, JsonToken token) throws IOException {
    out.clear();
    faults.clear();
    if (token == JsonToken.START_OBJECT) {
      part(json, JsonFields.RESOURCE_METRICS, 0);
    } else {
      json.skipChildren();
      faults.add(0, NO_OBJECT);
    }
    return out.reader();
  }

  private void part(JsonParser json, JsonFields fields, int start) throws IOException {
    int depth = json.getParsingContext().getNestingDepth();
    try {
      message(json, fields);
    } catch (PartFault fault) {
      out.truncate(start);
      faults.add(start, fault.problem());
      while (json.getParsingContext().getNestingDepth() >= depth) {
        json.nextToken();
      }
    }
  }

  /** Reads an object to its end. */
  private void message(JsonParser json, JsonFields fields) throws IOException, PartFault {
    for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
      JsonToken token = json.nextToken();
      Field field = fields.get(name);
      if (field == null || token == JsonToken.VALUE_NULL) {
        json.skipChildren();
      } else if (!field.repeated()) {
        value(json, token, field);
      } else if (token == JsonToken.START_ARRAY) {
        for (JsonToken next = json.nextToken();
            next != JsonToken.END_ARRAY;
            next = json.nextToken()) {
          value(json, next, field);
        }
      } else {
        throw field.fault();
      }
    }
  }

  private void value(JsonParser json, JsonToken token, Field field) throws IOException, PartFault {
    int number = field.number();
    switch (field.form()) {
      case MESSAGE -> nested(json, token, field);
      case TEXT -> {
        expect(token == JsonToken.VALUE_STRING, field);
        out.text(number, json.getTextCharacters(), json.getTextOffset(), json.getTextLength());
      }
      case BASE64 -> {
        expect(token == JsonToken.VALUE_STRING, field);
        out.bytes(number, base64(json.getText(), field));
      }
      case LOGICAL -> {
        expect(token.isBoolean(), field);
        out.varint(number, token == JsonToken.VALUE_TRUE ? 1 : 0);
      }
      case DECIMAL ->
          out.fixed64(number, Double.doubleToRawLongBits(JsonNumbers.decimal(json, token, field)));
      case FIXED -> out.fixed64(number, JsonNumbers.whole(json, token, false, field));
      case SIGNED_FIXED -> out.fixed64(number, JsonNumbers.whole(json, token, true, field));
      case VARINT -> out.varint(number, JsonNumbers.whole(json, token, false, field));
      case SIGNED_VARINT -> out.varint(number, JsonNumbers.whole(json, token, true, field));
      case ZIGZAG -> out.zigZag32(number, JsonNumbers.whole32(json, token, field));
    }
  }

  private void nested(JsonParser json, JsonToken token, Field field) throws IOException, PartFault {
    JsonFields fields = Objects.requireNonNull(field.fields());
    int start = out.begin(field.number());
    if (!field.part()) {
      expect(token == JsonToken.START_OBJECT, field);
      message(json, fields);
    } else if (token == JsonToken.START_OBJECT) {
      part(json, fields, start);
    } else {
      json.skipChildren();
      faults.add(start, NO_OBJECT);
    }
    out.end(start);
  }

  private static void expect(boolean kind, Field field) throws PartFault {
    if (!kind) {
      throw field.fault();
    }
  }

  /** Either alphabet, with or without padding, as Protobuf has it. */
  private static byte[] base64(String text, Field field) throws PartFault {
    try {
      return Base64.getDecoder().decode(text.replace('-', '+').replace('_', '/'));
    } catch (IllegalArgumentException other) {
      throw field.fault();
    }
  }
}
