package io.datapoints.connect.format.collectd;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.datapoints.connect.format.JsonForm;
import io.datapoints.connect.format.JsonScalars;
import io.datapoints.connect.format.PartFault;
import io.datapoints.connect.format.Scalar;
import io.datapoints.connect.format.TagBudget;
import io.datapoints.connect.format.TagList;
import io.datapoints.connect.kairosdb.PointFeed;
import io.datapoints.connect.model.RecordOrigin;
import io.datapoints.connect.model.Rule;
import io.datapoints.connect.model.SampleSink;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code {"values": [1, 2], "dsnames": ["rx", "tx"], "time": 1.5, "host": "a", "plugin": "b",
 * "plugin_instance": "", "type": "c", "type_instance": ""}}.
 */
final class ValueList implements JsonForm {

  private static final String PLUGIN = "plugin";
  private static final String TYPE = "type";
  private static final String VALUES = "values";
  private static final String NAMES = "dsnames";

  /** The name of the value of a type that has one only. */
  private static final String SINGLE = "value";

  private static final List<String> TAGS = List.of("host", "plugin_instance", "type_instance");

  private final TagBudget budget;
  private final PointFeed feed;
  private final Map<String, Scalar> texts = new HashMap<>();
  private final JsonList values = new JsonList(VALUES);
  private final JsonList names = new JsonList(NAMES);
  private final TagList tags = new TagList();
  private Scalar time = Scalar.Other.NULL;

  /** Fields that only a notification has: an alert, or a message with a severity. */
  private int ofNotification;

  ValueList(TagBudget budget, PointFeed feed) {
    this.budget = budget;
    this.feed = feed;
  }

  @Override
  public void clear() {
    texts.clear();
    values.clear();
    names.clear();
    tags.clear();
    time = Scalar.Other.NULL;
    ofNotification = 0;
  }

  @Override
  public void field(String name, JsonParser json, JsonToken token) throws IOException {
    switch (name) {
      case "host", PLUGIN, "plugin_instance", TYPE, "type_instance" ->
          texts.put(name, JsonScalars.read(json, token));
      case "time" -> time = JsonScalars.read(json, token);
      case VALUES -> values.read(json, token);
      case NAMES -> names.read(json, token);
      case "severity", "message", "annotations", "startsAt" -> {
        json.skipChildren();
        ofNotification++;
      }
      default -> json.skipChildren();
    }
  }

  @Override
  public String name() {
    return texts.get(PLUGIN) instanceof Scalar.Text plugin
            && texts.get(TYPE) instanceof Scalar.Text type
        ? plugin.value() + "." + type.value()
        : "";
  }

  @Override
  public void points(int index, RecordOrigin origin, SampleSink sink) throws PartFault {
    if (ofNotification > 1 && !values.present()) {
      sink.skip();
      return;
    }
    String name = name(PLUGIN) + "." + name(TYPE);
    List<Scalar> numbers = values.list();
    List<Scalar> sources = names.list();
    if (numbers.size() != sources.size()) {
      throw new PartFault(Rule.SHAPE, ".values has another length than .dsnames.");
    }
    long millis = millis();
    for (String tag : TAGS) {
      tag(tag);
    }
    budget.spend(name, tags, numbers.size());
    for (int i = 0; i < numbers.size(); i++) {
      point(index, i, name, millis, origin, sink);
    }
  }

  private String name(String field) throws PartFault {
    if (texts.get(field) instanceof Scalar.Text text && !text.value().isEmpty()) {
      return text.value();
    }
    throw new PartFault(Rule.NAME, "." + field + " is no text, or empty.");
  }

  private void tag(String field) throws PartFault {
    Scalar value = texts.getOrDefault(field, Scalar.Other.NULL);
    if (value instanceof Scalar.Text text) {
      tags.add(field, text.value());
    } else if (value != Scalar.Other.NULL) {
      throw new PartFault(Rule.TAGS, "." + field + " is not a text.");
    }
  }

  private long millis() throws PartFault {
    if (time == Scalar.Other.NULL) {
      throw new PartFault(Rule.TIMESTAMP, ".time is missing.");
    }
    Long millis = JsonScalars.millis(time);
    if (millis == null) {
      throw new PartFault(Rule.TIMESTAMP, ".time is not a number of seconds, or out of range.");
    }
    return millis;
  }

  /** What is not known, such as the first rate of a counter, is null, and says nothing. */
  private void point(
      int index, int position, String name, long millis, RecordOrigin origin, SampleSink sink) {
    Scalar value = JsonScalars.steady(values.at(position));
    if (value == Scalar.Other.NULL) {
      sink.skip();
    } else if (!(names.at(position) instanceof Scalar.Text source)) {
      sink.reject(Rule.NAME, () -> place(index, NAMES, position) + " is not a text.");
    } else if (value instanceof Scalar.Decimal number) {
      begin(index, name, source.value());
      feed.accept(millis, number.value(), origin, sink);
    } else if (value instanceof Scalar.Whole number) {
      begin(index, name, source.value());
      feed.accept(millis, number.value(), origin, sink);
    } else {
      sink.reject(Rule.VALUE, () -> place(index, VALUES, position) + " is not a number.");
    }
  }

  private void begin(int index, String name, String source) {
    feed.begin(index, source.equals(SINGLE) ? name : name + "." + source);
    tags.forEach(feed::tag);
  }

  private static String place(int index, String field, int position) {
    return "metric[" + index + "]." + field + "[" + position + "]";
  }
}
