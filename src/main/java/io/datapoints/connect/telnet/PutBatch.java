package io.datapoints.connect.telnet;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Lines that go to the intake together, as one body of KairosDB's JSON. Used by one thread. */
final class PutBatch {

  private static final int MAX_LINES = 1_000;
  private static final int MAX_BYTES = 262_144;

  private static final JsonFactory JSON =
      JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final JsonGenerator json;
  private int lines;

  PutBatch() {
    try {
      json = JSON.createGenerator(bytes);
      json.writeStartArray();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  void add(PutCommand command, List<String> words) {
    try {
      command.write(words, json);
      json.flush();
      lines++;
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  boolean isEmpty() {
    return lines == 0;
  }

  boolean isFull() {
    return lines >= MAX_LINES || bytes.size() >= MAX_BYTES;
  }

  /** The body; nothing can be added any more. */
  byte[] body() {
    try {
      json.close();
      return bytes.toByteArray();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}
