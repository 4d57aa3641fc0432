package io.datapoints.connect.format.otlp;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A message of generated classes in the JSON of OpenTelemetry. Where JSON leaves a choice, be it
 * the order of fields or whether a number is a text, a seed makes it.
 */
public final class JsonForm {

  private final Random random;

  private JsonForm(long seed) {
    random = new Random(seed);
  }

  /** As the Collector writes it: fields in order, in lowerCamelCase, whole numbers as texts. */
  public static byte[] of(Message message) {
    return new JsonForm(0).bytes(message, false);
  }

  /** In any of the forms that a reader has to take. */
  static byte[] anyOf(Message message, long seed) {
    return new JsonForm(seed).bytes(message, true);
  }

  private byte[] bytes(Message message, boolean any) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      write(json, message, any);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString().getBytes(UTF_8);
  }

  private void write(JsonGenerator json, Message message, boolean any) throws IOException {
    json.writeStartObject();
    List<Map.Entry<FieldDescriptor, Object>> fields =
        new ArrayList<>(message.getAllFields().entrySet());
    if (any) {
      Collections.shuffle(fields, random);
    }
    for (Map.Entry<FieldDescriptor, Object> field : fields) {
      if (any && random.nextInt(8) == 0) {
        json.writeFieldName("unknown");
        json.writeRawValue("{\"a\":[{}]}");
      }
      FieldDescriptor type = field.getKey();
      json.writeFieldName(any && random.nextBoolean() ? type.getName() : type.getJsonName());
      if (type.isRepeated()) {
        json.writeStartArray();
        for (Object element : (List<?>) field.getValue()) {
          value(json, type, element, any);
        }
        json.writeEndArray();
      } else {
        value(json, type, field.getValue(), any);
      }
    }
    json.writeEndObject();
  }

  private void value(JsonGenerator json, FieldDescriptor type, Object value, boolean any)
      throws IOException {
    switch (type.getType()) {
      case MESSAGE -> write(json, (Message) value, any);
      case STRING -> json.writeString((String) value);
      case BYTES ->
          json.writeString(
              (any && random.nextBoolean()
                      ? Base64.getUrlEncoder().withoutPadding()
                      : Base64.getEncoder())
                  .encodeToString(((ByteString) value).toByteArray()));
      case BOOL -> json.writeBoolean((Boolean) value);
      case ENUM -> json.writeNumber(((EnumValueDescriptor) value).getNumber());
      case DOUBLE -> decimal(json, (Double) value, any);
      case FIXED64, UINT64 -> whole(json, Long.toUnsignedString((Long) value), any);
      case SFIXED64, INT64 -> whole(json, Long.toString((Long) value), any);
      case UINT32 -> json.writeNumber(Integer.toUnsignedString((Integer) value));
      case SINT32 -> json.writeNumber((Integer) value);
      default -> throw new IllegalArgumentException(type.getFullName());
    }
  }

  private void whole(JsonGenerator json, String number, boolean any) throws IOException {
    if (any && random.nextBoolean()) {
      json.writeNumber(number);
    } else {
      json.writeString(number);
    }
  }

  private void decimal(JsonGenerator json, double number, boolean any) throws IOException {
    if (!Double.isFinite(number) || (any && random.nextInt(4) == 0)) {
      json.writeString(Double.toString(number));
    } else if (number == Math.rint(number) && Math.abs(number) < 1e15 && 1 / number > 0) {
      json.writeNumber((long) number);
    } else {
      json.writeNumber(number);
    }
  }
}
