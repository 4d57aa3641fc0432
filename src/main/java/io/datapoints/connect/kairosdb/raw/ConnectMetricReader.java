package io.datapoints.connect.kairosdb.raw;

import io.datapoints.connect.model.RecordOrigin;
import io.datapoints.connect.model.SampleSink;
import io.datapoints.connect.payload.RejectReasons;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/**
 * Reads metrics from the objects that converters make: maps and lists without a schema, or structs
 * (Avro, Protobuf, JSON Schema). The fields are those of the JSON form. Tags are a map, or an array
 * of structs of name and value; a datapoint is an array, or a struct of timestamp, value and type.
 */
public final class ConnectMetricReader {

  private final RawMetric metric;
  private final RawMetric.Handler handler;

  public ConnectMetricReader(RawMetric metric, RawMetric.Handler handler) {
    this.metric = metric;
    this.handler = handler;
  }

  /** Reads one metric, or a list of them. */
  public void read(Object value, RecordOrigin origin, SampleSink sink) {
    if (value instanceof List<?> metrics) {
      int points = 0;
      for (int index = 0; index < metrics.size(); index++) {
        metric.clear(index, points);
        if (fields(metrics.get(index), (name, field) -> field(name, field, sink))) {
          points += metric.points();
          handler.handle(metric, origin, sink);
        } else {
          RejectReasons.rejectNoObject(JsonMetricReader.NOUN, index, sink);
        }
      }
    } else {
      metric.clear(0, 0);
      fields(value, (name, field) -> field(name, field, sink));
      handler.handle(metric, origin, sink);
    }
  }

  /** Takes a field of a map or a struct. */
  private interface FieldVisitor {
    void visit(String name, @Nullable Object value);
  }

  /**
   * Visits the fields of a map or a struct, except the unset fields of a struct.
   *
   * @return whether the value is a map or a struct
   */
  private static boolean fields(@Nullable Object value, FieldVisitor visitor) {
    if (value instanceof Map<?, ?> map) {
      map.forEach(
          (key, field) -> {
            String name = ConnectScalar.name(key);
            if (name != null) {
              visitor.visit(name, field);
            }
          });
      return true;
    }
    if (value instanceof Struct struct) {
      for (Field field : struct.schema().fields()) {
        Object content = struct.getWithoutDefault(field.name());
        if (content != null) {
          visitor.visit(field.name(), content);
        }
      }
      return true;
    }
    return false;
  }

  private void field(String name, @Nullable Object value, SampleSink sink) {
    RawColumn fields = metric.fields();
    switch (name) {
      case "name" -> ConnectScalar.readText(value, fields, RawMetric.NAME);
      case "timestamp" -> ConnectScalar.read(value, fields, RawMetric.TIMESTAMP);
      case "time" -> ConnectScalar.read(value, fields, RawMetric.TIME);
      case "value" -> ConnectScalar.read(value, fields, RawMetric.VALUE);
      case "type" -> ConnectScalar.readText(value, fields, RawMetric.TYPE);
      case "ttl" -> ConnectScalar.read(value, fields, RawMetric.TTL);
      case "skip_validate" -> ConnectScalar.read(value, fields, RawMetric.SKIP_VALIDATE);
      case "tags" -> tags(value);
      case "datapoints" -> points(value, sink);
      default -> {
        // Unknown fields are ignored, as in the JSON form.
      }
    }
  }

  private void tags(@Nullable Object value) {
    if (value instanceof List<?> list) {
      list.forEach(this::listedTag);
    } else if (value != null && !(isNamed(value) && fields(value, this::tag))) {
      metric.markBadTags();
    }
  }

  /** Whether every key is a name; a tag without one would be lost. */
  private static boolean isNamed(Object value) {
    if (value instanceof Map<?, ?> map) {
      for (Object key : map.keySet()) {
        if (!ConnectScalar.isName(key)) {
          return false;
        }
      }
    }
    return true;
  }

  private void tag(String name, @Nullable Object value) {
    ConnectScalar.readText(value, metric.tagValues(), metric.addTag(name));
  }

  private void listedTag(@Nullable Object tag) {
    int row = metric.addTag("");
    if (tag instanceof List<?> pair) {
      for (int position = 0; position < pair.size() && position < 2; position++) {
        tagPart(row, position == 0 ? "name" : "value", pair.get(position));
      }
    } else if (!fields(tag, (name, value) -> tagPart(row, name, value))) {
      metric.markBadTags();
    }
  }

  private void tagPart(int row, String part, @Nullable Object value) {
    if (part.equals("value")) {
      ConnectScalar.readText(value, metric.tagValues(), row);
    } else if (part.equals("name") && value instanceof String name) {
      metric.nameTag(row, name);
    }
  }

  private void points(@Nullable Object value, SampleSink sink) {
    if (value instanceof List<?> points) {
      sink.announce(points.size());
      points.forEach(this::point);
    } else if (value != null) {
      metric.markBadPoints();
    }
  }

  private void point(@Nullable Object point) {
    int row = metric.addPoint();
    if (point instanceof List<?> elements) {
      int size = elements.size();
      if (size > 0) {
        ConnectScalar.read(elements.get(0), metric.timestamps(), row);
      }
      if (size > 1) {
        ConnectScalar.read(elements.get(1), metric.values(), row);
      }
      if (size > 2) {
        ConnectScalar.readText(elements.get(2), metric.types(), row);
      }
    } else if (!fields(point, (name, field) -> pointField(row, name, field))) {
      metric.markNoPoint(row);
    }
  }

  private void pointField(int row, String name, @Nullable Object value) {
    switch (name) {
      case "timestamp" -> ConnectScalar.read(value, metric.timestamps(), row);
      case "value" -> ConnectScalar.read(value, metric.values(), row);
      case "type" -> {
        if (value != null) {
          ConnectScalar.readText(value, metric.types(), row);
        }
      }
      default -> {
        // Unknown fields are ignored, as in the JSON form.
      }
    }
  }
}
