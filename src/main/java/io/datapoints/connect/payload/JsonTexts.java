package io.datapoints.connect.payload;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.datapoints.connect.model.InvalidValue;
import io.datapoints.connect.model.RecordOrigin;
import io.datapoints.connect.model.Rule;
import io.datapoints.connect.model.Sample;
import io.datapoints.connect.model.SampleSink;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Parses the JSON that a text or bytes within a record hold. Confined to one thread. */
public final class JsonTexts implements JsonReader, SampleSink {

  private static final RecordOrigin NONE = new RecordOrigin("", 0, 0, RecordOrigin.NO_TIMESTAMP);

  private final JsonDecoder decoder;
  private @Nullable Object tree;
  private @Nullable String reason;

  /**
   * @param maxInflatedBytes the most bytes that gzip data may inflate to
   */
  public JsonTexts(int maxInflatedBytes) {
    this.decoder = new JsonDecoder(maxInflatedBytes, this);
  }

  /**
   * The tree of the one JSON value in a text or bytes, or an {@link InvalidValue}.
   *
   * @param value a String, byte[] or {@link java.nio.ByteBuffer}
   */
  public @Nullable Object parse(Object value) {
    tree = null;
    reason = null;
    decoder.read(value, NONE, this);
    Object parsed = reason == null ? tree : new InvalidValue("is no JSON text: " + reason);
    tree = null;
    return parsed;
  }

  @Override
  public void read(JsonParser json, RecordOrigin origin, SampleSink sink) throws IOException {
    JsonToken token = json.nextToken();
    if (token == null) {
      reason = "it is empty.";
    } else {
      tree = JsonTree.read(json, token);
    }
  }

  @Override
  public void accept(Sample sample) {
    throw new IllegalStateException("JSON within a record makes no samples");
  }

  @Override
  public void reject(Rule rule, String text) {
    reason = text;
  }
}
