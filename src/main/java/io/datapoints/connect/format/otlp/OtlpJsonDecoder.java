package io.datapoints.connect.format.otlp;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.datapoints.connect.config.format.OtlpConfig;
import io.datapoints.connect.format.FormatDecoder;
import io.datapoints.connect.kairosdb.PointFeed;
import io.datapoints.connect.model.RecordOrigin;
import io.datapoints.connect.model.Rule;
import io.datapoints.connect.model.SampleSink;
import io.datapoints.connect.payload.JsonDecoder;
import io.datapoints.connect.payload.JsonReader;
import java.io.IOException;

/**
 * Decodes OpenTelemetry's metrics from JSON, one object or several one after the other. Of damaged
 * JSON the resources before the damage are read. Used by one thread.
 */
public final class OtlpJsonDecoder implements FormatDecoder {

  /** What is decoded here is not compressed any more. */
  private static final int NOTHING_INFLATED = 0;

  private final OtlpConfig settings;
  private final PointFeed feed;
  private final Texts texts = Texts.create();
  private final JsonTranscoder transcoder = new JsonTranscoder();
  private final JsonDecoder json = new JsonDecoder(NOTHING_INFLATED, new Requests());

  public OtlpJsonDecoder(OtlpConfig settings, PointFeed feed) {
    this.settings = settings;
    this.feed = feed;
  }

  @Override
  public void decode(byte[] bytes, int offset, int length, RecordOrigin origin, SampleSink sink) {
    json.readPlain(bytes, offset, length, origin, sink);
  }

  /** The objects of a record. */
  private final class Requests implements JsonReader {

    private Positions positions = new Positions();

    @Override
    public void read(JsonParser json, RecordOrigin origin, SampleSink sink) throws IOException {
      positions = new Positions();
      JsonToken token = json.nextToken();
      if (token == null) {
        sink.reject(Rule.NO_VALUE, "There is no JSON.");
      } else {
        request(json, token, reader(origin, sink), sink);
      }
    }

    @Override
    public boolean readMore(JsonParser json, JsonToken first, RecordOrigin origin, SampleSink sink)
        throws IOException {
      MetricsReader reader = reader(origin, sink);
      for (JsonToken token = first; token != null; token = json.nextToken()) {
        request(json, token, reader, sink);
      }
      return true;
    }

    private MetricsReader reader(RecordOrigin origin, SampleSink sink) {
      return new MetricsReader(settings, texts, positions, transcoder.faults(), feed, origin, sink);
    }

    private void request(JsonParser json, JsonToken token, MetricsReader reader, SampleSink sink)
        throws IOException {
      if (token != JsonToken.START_OBJECT) {
        json.skipChildren();
        sink.reject(Rule.SHAPE, "The JSON is not an object that has resourceMetrics.");
        return;
      }
      for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
        JsonToken value = json.nextToken();
        if (!name.equals("resourceMetrics") && !name.equals("resource_metrics")) {
          json.skipChildren();
        } else if (value == JsonToken.START_ARRAY) {
          resources(json, reader);
        } else if (value != JsonToken.VALUE_NULL) {
          json.skipChildren();
          sink.reject(Rule.SHAPE, "resourceMetrics is not an array.");
        }
      }
    }

    private void resources(JsonParser json, MetricsReader reader) throws IOException {
      for (JsonToken next = json.nextToken();
          next != JsonToken.END_ARRAY;
          next = json.nextToken()) {
        reader.resource(transcoder.resource(json, next));
      }
    }
  }
}
