package io.datapoints.connect.kairosdb.raw;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.datapoints.connect.model.RecordOrigin;
import io.datapoints.connect.model.Rule;
import io.datapoints.connect.model.SampleSink;
import io.datapoints.connect.payload.JsonReader;
import io.datapoints.connect.payload.RejectReasons;
import java.io.IOException;

/**
 * Reads the body of KairosDB's POST /api/v1/datapoints, one metric object or an array of them, in
 * one pass and without a tree; further objects may follow, one a line for example. Each metric is
 * passed on at the end of its object, so that the metrics before a syntax error are kept.
 *
 * <p>KairosDB rejects the rest of a request at the first field of a wrong JSON type. Here such a
 * field rejects its metric, or its datapoint. A datapoint may also be an object of timestamp, value
 * and type, as it is in the structs of other formats.
 */
public final class JsonMetricReader implements JsonReader {

  /** The name of an object in a reason. */
  static final String NOUN = "metric";

  private final String text;
  private final RawMetric metric;
  private final RawMetric.Handler handler;

  /** Whether to note where a metric stands, at the cost of two objects for each. */
  private final boolean located;

  /** What to take from the parser's byte offsets to get positions in the array of bytes. */
  private long offset;

  /** The position of the next metric in the record. */
  private int index;

  /** How many points the record's metrics before it had. */
  private int points;

  /**
   * @param text what is read, for reasons
   * @param metric holds one metric after another
   * @param handler takes them
   * @param located whether it needs to know where in the bytes they stand
   */
  public JsonMetricReader(
      String text, RawMetric metric, RawMetric.Handler handler, boolean located) {
    this.located = located;
    this.text = text;
    this.metric = metric;
    this.handler = handler;
  }

  @Override
  public void begin(long byteOffset) {
    offset = byteOffset;
  }

  @Override
  public void read(JsonParser json, RecordOrigin origin, SampleSink sink) throws IOException {
    index = 0;
    points = 0;
    JsonToken token = json.nextToken();
    if (token == null) {
      sink.reject(Rule.NO_VALUE, RejectReasons.empty(text));
    } else if (token == JsonToken.START_OBJECT) {
      element(json, token, origin, sink);
    } else if (token == JsonToken.START_ARRAY) {
      for (JsonToken next = json.nextToken();
          next != JsonToken.END_ARRAY;
          next = json.nextToken()) {
        element(json, next, origin, sink);
      }
    } else {
      sink.reject(Rule.SHAPE, RejectReasons.noObjects(text, NOUN));
    }
  }

  @Override
  public boolean readMore(JsonParser json, JsonToken first, RecordOrigin origin, SampleSink sink)
      throws IOException {
    for (JsonToken token = first; token != null; token = json.nextToken()) {
      element(json, token, origin, sink);
    }
    return true;
  }

  private void element(JsonParser json, JsonToken token, RecordOrigin origin, SampleSink sink)
      throws IOException {
    if (token == JsonToken.START_OBJECT) {
      metric.clear(index, points);
      int start = located ? position(json.currentTokenLocation()) : 0;
      metric(json, sink);
      metric.locate(start, located ? position(json.currentLocation()) : 0);
      points += metric.points();
      handler.handle(metric, origin, sink);
    } else if (token == JsonToken.VALUE_NULL) {
      int position = index;
      sink.rejectUnconverted(Rule.SHAPE, () -> RejectReasons.noObject(NOUN, position));
    } else {
      json.skipChildren();
      RejectReasons.rejectNoObject(NOUN, index, sink);
    }
    index++;
  }

  private int position(JsonLocation location) {
    return (int) (location.getByteOffset() - offset);
  }

  private void metric(JsonParser json, SampleSink sink) throws IOException {
    for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
      JsonToken token = json.nextToken();
      switch (name) {
        case "name" -> JsonScalar.readText(json, token, metric.fields(), RawMetric.NAME);
        case "timestamp" -> JsonScalar.read(json, token, metric.fields(), RawMetric.TIMESTAMP);
        case "time" -> JsonScalar.read(json, token, metric.fields(), RawMetric.TIME);
        case "value" -> JsonScalar.read(json, token, metric.fields(), RawMetric.VALUE);
        case "type" -> JsonScalar.readText(json, token, metric.fields(), RawMetric.TYPE);
        case "ttl" -> JsonScalar.read(json, token, metric.fields(), RawMetric.TTL);
        case "skip_validate" ->
            JsonScalar.read(json, token, metric.fields(), RawMetric.SKIP_VALIDATE);
        case "tags" -> tags(json, token);
        case "datapoints" -> points(json, token, sink);
        default -> json.skipChildren();
      }
    }
  }

  private void tags(JsonParser json, JsonToken token) throws IOException {
    metric.clearTags();
    if (token == JsonToken.START_OBJECT) {
      for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
        int row = metric.addTag(name);
        JsonScalar.readText(json, json.nextToken(), metric.tagValues(), row);
      }
    } else if (token == JsonToken.START_ARRAY) {
      listedTags(json);
    } else if (token != JsonToken.VALUE_NULL) {
      metric.markBadTags();
    }
  }

  /** Reads tags as an array of [name, value], which KairosDB takes too, or of {name, value}. */
  private void listedTags(JsonParser json) throws IOException {
    for (JsonToken tag = json.nextToken(); tag != JsonToken.END_ARRAY; tag = json.nextToken()) {
      int row = metric.addTag("");
      if (tag == JsonToken.START_ARRAY) {
        int position = 0;
        for (JsonToken part = json.nextToken();
            part != JsonToken.END_ARRAY;
            part = json.nextToken()) {
          tagPart(json, part, row, position++);
        }
      } else if (tag == JsonToken.START_OBJECT) {
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
          int position = name.equals("name") ? 0 : name.equals("value") ? 1 : 2;
          tagPart(json, json.nextToken(), row, position);
        }
      } else {
        metric.markBadTags();
      }
    }
  }

  private void tagPart(JsonParser json, JsonToken token, int row, int position) throws IOException {
    if (position == 1) {
      JsonScalar.readText(json, token, metric.tagValues(), row);
    } else if (position == 0 && token == JsonToken.VALUE_STRING) {
      metric.nameTag(row, json.getText());
    } else {
      json.skipChildren();
    }
  }

  private void points(JsonParser json, JsonToken token, SampleSink sink) throws IOException {
    metric.clearPoints();
    if (token != JsonToken.START_ARRAY) {
      json.skipChildren();
      if (token != JsonToken.VALUE_NULL) {
        metric.markBadPoints();
      }
      return;
    }
    for (JsonToken element = json.nextToken();
        element != JsonToken.END_ARRAY;
        element = json.nextToken()) {
      int row = metric.addPoint();
      sink.announce(row + 1);
      if (element == JsonToken.START_ARRAY) {
        pointArray(json, row);
      } else if (element == JsonToken.START_OBJECT) {
        pointObject(json, row);
      } else {
        metric.markNoPoint(row);
      }
    }
  }

  private void pointArray(JsonParser json, int row) throws IOException {
    JsonToken token = json.nextToken();
    if (token != JsonToken.END_ARRAY) {
      JsonScalar.read(json, token, metric.timestamps(), row);
      token = json.nextToken();
    }
    if (token != JsonToken.END_ARRAY) {
      JsonScalar.read(json, token, metric.values(), row);
      token = json.nextToken();
    }
    if (token != JsonToken.END_ARRAY) {
      JsonScalar.readText(json, token, metric.types(), row);
      toEndOfArray(json, json.nextToken());
    }
  }

  private static void toEndOfArray(JsonParser json, JsonToken first) throws IOException {
    for (JsonToken token = first; token != JsonToken.END_ARRAY; token = json.nextToken()) {
      json.skipChildren();
    }
  }

  private void pointObject(JsonParser json, int row) throws IOException {
    RawColumn timestamps = metric.timestamps();
    for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
      JsonToken token = json.nextToken();
      switch (name) {
        case "timestamp" -> JsonScalar.read(json, token, timestamps, row);
        case "value" -> JsonScalar.read(json, token, metric.values(), row);
        case "type" -> {
          if (token != JsonToken.VALUE_NULL) {
            JsonScalar.readText(json, token, metric.types(), row);
          }
        }
        default -> json.skipChildren();
      }
    }
  }
}
