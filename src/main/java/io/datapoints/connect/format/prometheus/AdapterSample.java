package io.datapoints.connect.format.prometheus;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.datapoints.connect.format.JsonForm;
import io.datapoints.connect.format.JsonScalars;
import io.datapoints.connect.format.JsonTags;
import io.datapoints.connect.format.NumberText;
import io.datapoints.connect.format.PartFault;
import io.datapoints.connect.format.Scalar;
import io.datapoints.connect.format.TagList;
import io.datapoints.connect.kairosdb.PointFeed;
import io.datapoints.connect.model.RecordOrigin;
import io.datapoints.connect.model.Rule;
import io.datapoints.connect.model.SampleSink;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.OffsetDateTime;

/**
 * {@code {"timestamp": "2023-11-14T22:13:20Z", "value": "1", "name": "up", "labels": {"__name__":
 * "up", "job": "a"}}}.
 */
final class AdapterSample implements JsonForm {

  /** The label that repeats the name. */
  private static final String NAME_LABEL = "__name__";

  /** How Go writes the number that no value, and the end of a series, is. */
  private static final String NAN = "NaN";

  private final PointFeed feed;
  private final JsonTags labels = new JsonTags();
  private Scalar name = Scalar.Other.NULL;
  private Scalar timestamp = Scalar.Other.NULL;
  private Scalar value = Scalar.Other.NULL;

  AdapterSample(PointFeed feed) {
    this.feed = feed;
  }

  @Override
  public void clear() {
    labels.clear();
    name = Scalar.Other.NULL;
    timestamp = Scalar.Other.NULL;
    value = Scalar.Other.NULL;
  }

  @Override
  public void field(String key, JsonParser json, JsonToken token) throws IOException {
    switch (key) {
      case "name" -> name = JsonScalars.read(json, token);
      case "timestamp" -> timestamp = JsonScalars.read(json, token);
      case "value" -> value = JsonScalars.read(json, token);
      case "labels" -> labels.read("labels", json, token);
      default -> json.skipChildren();
    }
  }

  @Override
  public String name() {
    return name instanceof Scalar.Text text ? text.value() : "";
  }

  @Override
  public void points(int index, RecordOrigin origin, SampleSink sink) throws PartFault {
    if (name().isEmpty()) {
      throw new PartFault(Rule.NAME, ".name is no text, or empty.");
    }
    long millis = millis();
    TagList tags = labels.list();
    if (value instanceof Scalar.Text text && text.value().equals(NAN)) {
      sink.skip();
      return;
    }
    double number = number();
    feed.begin(index, name());
    tags.forEach(
        (label, text) -> {
          if (!label.equals(NAME_LABEL)) {
            feed.tag(label, text);
          }
        });
    feed.accept(millis, number, origin, sink);
  }

  private long millis() throws PartFault {
    if (!(timestamp instanceof Scalar.Text text)) {
      throw new PartFault(
          Rule.TIMESTAMP,
          timestamp == Scalar.Other.NULL ? ".timestamp is missing." : ".timestamp is not a text.");
    }
    try {
      return OffsetDateTime.parse(text.value()).toInstant().toEpochMilli();
    } catch (DateTimeException | ArithmeticException noTime) {
      throw new PartFault(Rule.TIMESTAMP, ".timestamp is not a time of RFC 3339.");
    }
  }

  private double number() throws PartFault {
    if (value == Scalar.Other.NULL) {
      throw new PartFault(Rule.VALUE, ".value is missing.");
    }
    Scalar number = value instanceof Scalar.Text text ? NumberText.parse(text.value()) : value;
    double result =
        number instanceof Scalar.Whole whole
            ? whole.value()
            : number instanceof Scalar.Decimal decimal ? decimal.value() : Double.NaN;
    if (!Double.isFinite(result)) {
      throw new PartFault(Rule.VALUE, ".value is not a finite number.");
    }
    return result;
  }
}
