package io.datapoints.connect.format.telegraf;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.datapoints.connect.config.format.TelegrafConfig;
import io.datapoints.connect.format.JsonForm;
import io.datapoints.connect.format.JsonScalars;
import io.datapoints.connect.format.JsonTags;
import io.datapoints.connect.format.PartFault;
import io.datapoints.connect.format.Scalar;
import io.datapoints.connect.format.TagList;
import io.datapoints.connect.format.fields.MeasurementFeed;
import io.datapoints.connect.model.NameInReason;
import io.datapoints.connect.model.RecordOrigin;
import io.datapoints.connect.model.Rule;
import io.datapoints.connect.model.SampleSink;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code {"fields": {"a": 1}, "name": "b", "tags": {"c": "d"}, "timestamp": 1}}. */
final class TelegrafMetric implements JsonForm {

  /** {@link #clear} releases a list of more fields, which a huge metric needed. */
  private static final int RETAINED = 1_024;

  /** Every whole number up to this one is a double. */
  private static final long EXACT = 1L << 53;

  private record Field(String name, Scalar value) {}

  private final TelegrafConfig settings;
  private final MeasurementFeed measurements;
  private final JsonTags tags = new JsonTags();
  private List<Field> fields = new ArrayList<>();
  private @Nullable PartFault fieldsFault;
  private Scalar name = Scalar.Other.NULL;
  private Scalar timestamp = Scalar.Other.NULL;

  TelegrafMetric(TelegrafConfig settings, MeasurementFeed measurements) {
    this.settings = settings;
    this.measurements = measurements;
  }

  @Override
  public void clear() {
    tags.clear();
    clearFields();
    fieldsFault = new PartFault(Rule.SHAPE, ".fields is missing.");
    name = Scalar.Other.NULL;
    timestamp = Scalar.Other.NULL;
  }

  private void clearFields() {
    if (fields.size() > RETAINED) {
      fields = new ArrayList<>();
    }
    fields.clear();
  }

  @Override
  public void field(String key, JsonParser json, JsonToken token) throws IOException {
    switch (key) {
      case "fields" -> fields(json, token);
      case "name" -> name = JsonScalars.read(json, token);
      case "tags" -> tags.read("tags", json, token);
      case "timestamp" -> timestamp = JsonScalars.read(json, token);
      default -> json.skipChildren();
    }
  }

  private void fields(JsonParser json, JsonToken token) throws IOException {
    clearFields();
    if (token == JsonToken.START_OBJECT) {
      fieldsFault = null;
      for (String key = json.nextFieldName(); key != null; key = json.nextFieldName()) {
        fields.add(new Field(key, JsonScalars.read(json, json.nextToken())));
      }
    } else {
      json.skipChildren();
      fieldsFault = new PartFault(Rule.SHAPE, ".fields is not an object.");
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
    if (fieldsFault != null) {
      throw fieldsFault;
    }
    TagList list = tags.list();
    long millis = millis();
    if (fields.isEmpty()) {
      // Telegraf leaves out what is NaN or infinite, and so, now and then, every field.
      sink.skip();
    }
    measurements.announce(name(), list, fields.size());
    for (Field field : fields) {
      String metric = measurements.name(name(), field.name());
      Scalar value = stored(field.value());
      if (value instanceof Scalar.Other) {
        sink.reject(Rule.VALUE, () -> fault(index, metric, value));
      } else {
        measurements.accept(index, metric, list, value, millis, origin, sink);
      }
    }
  }

  private static String fault(int index, String metric, Scalar value) {
    return "metric["
        + index
        + "](name="
        + NameInReason.of(metric)
        + ") is "
        + (value == Scalar.Other.NULL ? "null." : "an object or an array, not a value.");
  }

  /**
   * Telegraf writes the field 1.0 as 1, so that only what is no whole number tells the type of a
   * field. A double loses nothing up to 2^53; from there on a number stays as it is written.
   */
  private static Scalar stored(Scalar value) {
    return value instanceof Scalar.Whole whole && Math.abs(whole.value()) <= EXACT
        ? new Scalar.Decimal(whole.value())
        : value;
  }

  private long millis() throws PartFault {
    if (timestamp == Scalar.Other.NULL) {
      throw new PartFault(Rule.TIMESTAMP, ".timestamp is missing.");
    }
    Long time = JsonScalars.whole(timestamp);
    if (time == null) {
      throw new PartFault(
          Rule.TIMESTAMP,
          timestamp instanceof Scalar.Text
              ? ".timestamp is a text; json_timestamp_format must not be set."
              : ".timestamp is not a whole number.");
    }
    try {
      return settings.toMillis(time);
    } catch (ArithmeticException beyond) {
      throw new PartFault(Rule.TIMESTAMP, ".timestamp is out of range.");
    }
  }
}
