package io.datapoints.connect.kairosdb.raw;

import io.datapoints.connect.kairosdb.raw.RawColumn.Kind;
import io.datapoints.connect.model.RecordOrigin;
import io.datapoints.connect.model.Rule;
import io.datapoints.connect.model.SampleSink;
import io.datapoints.connect.payload.RejectReasons;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/**
 * Reads metrics from the objects that converters make: maps and lists without a schema, or structs
 * (Avro, Protobuf, JSON Schema). The fields are those of the JSON form. Tags are a map, or an array
 * of structs of name and value; a datapoint is an array, or a struct of timestamp, value and type.
 * Unions are looked through wherever they stand.
 */
public final class ConnectMetricReader {

  private final RawMetric metric;
  private final RawMetric.Handler handler;

  public ConnectMetricReader(RawMetric metric, RawMetric.Handler handler) {
    this.metric = metric;
    this.handler = handler;
  }

  /**
   * Reads one metric, or a list of them.
   *
   * @param schema of the value, null if there is none
   */
  public void read(Object value, @Nullable Schema schema, RecordOrigin origin, SampleSink sink) {
    if (value instanceof List<?> metrics) {
      Schema inner = inner(schema);
      int points = 0;
      for (int index = 0; index < metrics.size(); index++) {
        if (metric(metrics.get(index), inner, index, points, sink)) {
          points += metric.points();
          handler.handle(metric, origin, sink);
        } else {
          RejectReasons.rejectNoObject(JsonMetricReader.NOUN, index, sink);
        }
      }
    } else if (metric(value, schema, 0, 0, sink)) {
      handler.handle(metric, origin, sink);
    } else {
      sink.reject(Rule.SHAPE, RejectReasons.noObjects("record value", JsonMetricReader.NOUN));
    }
  }

  /** Whether the value is a map or a struct, and so was read. */
  private boolean metric(
      @Nullable Object value,
      @Nullable Schema schema,
      int index,
      int precedingPoints,
      SampleSink sink) {
    if (value instanceof Struct struct && wraps(struct, "name")) {
      SchemaAndValue inner = ConnectScalar.within(struct);
      return ofFields(inner.value(), inner.schema(), index, precedingPoints, sink);
    }
    return ofFields(value, schema, index, precedingPoints, sink);
  }

  private boolean ofFields(
      @Nullable Object value,
      @Nullable Schema schema,
      int index,
      int precedingPoints,
      SampleSink sink) {
    metric.clear(index, precedingPoints);
    boolean read = fields(value, schema, (name, field, type) -> field(name, field, type, sink));
    if (value instanceof Struct struct && metric.fields().kind(RawMetric.VALUE) == Kind.ABSENT) {
      markUnset(struct, metric.fields(), RawMetric.VALUE);
    }
    return read;
  }

  /** An unset field of a struct is a null; one that its schema lacks is absent. */
  private static void markUnset(Struct struct, RawColumn values, int row) {
    if (struct.schema().field("value") != null) {
      values.set(row, Kind.NULL);
    }
  }

  /** Whether a struct that lacks a needed field is a union, and stands for what it holds. */
  private static boolean wraps(Struct struct, String needed) {
    return struct.schema().field(needed) == null && ConnectScalar.isUnion(struct);
  }

  /** The schema of what a list or a map holds; null if there is none. */
  private static @Nullable Schema inner(@Nullable Schema schema) {
    return schema != null
            && (schema.type() == Schema.Type.ARRAY || schema.type() == Schema.Type.MAP)
        ? schema.valueSchema()
        : null;
  }

  /** Takes a field of a map or a struct, with its schema if it has one. */
  private interface FieldVisitor {
    void visit(String name, @Nullable Object value, @Nullable Schema schema);
  }

  /**
   * Visits the fields of a map or a struct, except the unset fields of a struct.
   *
   * @return whether the value is a map or a struct
   */
  private static boolean fields(
      @Nullable Object value, @Nullable Schema schema, FieldVisitor visitor) {
    if (value instanceof Map<?, ?> map) {
      Schema inner = inner(schema);
      map.forEach(
          (key, field) -> {
            String name = ConnectScalar.name(key);
            if (name != null) {
              visitor.visit(name, field, inner);
            }
          });
      return true;
    }
    if (value instanceof Struct struct) {
      for (Field field : struct.schema().fields()) {
        Object content = struct.getWithoutDefault(field.name());
        if (content != null) {
          visitor.visit(field.name(), content, field.schema());
        }
      }
      return true;
    }
    return false;
  }

  private void field(
      String name, @Nullable Object value, @Nullable Schema schema, SampleSink sink) {
    RawColumn fields = metric.fields();
    switch (name) {
      case "name" -> ConnectScalar.readText(value, schema, fields, RawMetric.NAME);
      case "timestamp" -> ConnectScalar.readTime(value, schema, fields, RawMetric.TIMESTAMP);
      case "time" -> ConnectScalar.readTime(value, schema, fields, RawMetric.TIME);
      case "value" -> ConnectScalar.read(value, fields, RawMetric.VALUE);
      case "type" -> ConnectScalar.readText(value, schema, fields, RawMetric.TYPE);
      case "ttl" -> ConnectScalar.read(value, fields, RawMetric.TTL);
      case "skip_validate" -> ConnectScalar.read(value, fields, RawMetric.SKIP_VALIDATE);
      case "tags" -> tags(value, schema);
      case "datapoints" -> points(value, schema, sink);
      default -> {
        // Unknown fields are ignored, as in the JSON form.
      }
    }
  }

  private void tags(@Nullable Object value, @Nullable Schema schema) {
    if (value instanceof Struct struct && wrapsTags(struct)) {
      SchemaAndValue inner = ConnectScalar.within(struct);
      tagsOf(inner.value(), inner.schema());
    } else {
      tagsOf(value, schema);
    }
  }

  /** Whether a struct is a union with tags in it, and not tags itself, whose values are single. */
  private static boolean wrapsTags(Struct struct) {
    return hasCompoundFirst(struct) && ConnectScalar.isUnion(struct);
  }

  private static boolean hasCompoundFirst(Struct struct) {
    for (Field field : struct.schema().fields()) {
      Object content = struct.getWithoutDefault(field.name());
      if (content != null) {
        return content instanceof Map || content instanceof List || content instanceof Struct;
      }
    }
    return false;
  }

  private void tagsOf(@Nullable Object value, @Nullable Schema schema) {
    if (value instanceof List<?> list) {
      Schema inner = inner(schema);
      list.forEach(tag -> listedTag(tag, inner));
    } else if (value != null && !(isNamed(value) && fields(value, schema, this::tag))) {
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

  private void tag(String name, @Nullable Object value, @Nullable Schema schema) {
    ConnectScalar.readText(value, schema, metric.tagValues(), metric.addTag(name));
  }

  private void listedTag(@Nullable Object tag, @Nullable Schema schema) {
    if (tag instanceof Struct struct && wraps(struct, "name")) {
      SchemaAndValue inner = ConnectScalar.within(struct);
      partsOfTag(inner.value(), inner.schema());
    } else {
      partsOfTag(tag, schema);
    }
  }

  private void partsOfTag(@Nullable Object tag, @Nullable Schema schema) {
    int row = metric.addTag("");
    if (tag instanceof List<?> pair) {
      Schema inner = inner(schema);
      for (int position = 0; position < pair.size() && position < 2; position++) {
        tagPart(row, position == 0 ? "name" : "value", pair.get(position), inner);
      }
    } else if (!fields(tag, schema, (name, value, type) -> tagPart(row, name, value, type))) {
      metric.markBadTags();
    }
  }

  private void tagPart(int row, String part, @Nullable Object value, @Nullable Schema schema) {
    if (part.equals("value")) {
      ConnectScalar.readText(value, schema, metric.tagValues(), row);
    } else if (part.equals("name")) {
      Object name =
          value instanceof Struct union && ConnectScalar.isUnion(union)
              ? ConnectScalar.within(union).value()
              : value;
      if (name instanceof String text) {
        metric.nameTag(row, text);
      }
    }
  }

  private void points(@Nullable Object value, @Nullable Schema schema, SampleSink sink) {
    if (value instanceof List<?> points) {
      sink.announce(points.size());
      Schema inner = inner(schema);
      for (Object point : points) {
        point(point, inner);
      }
    } else if (value instanceof Struct struct && ConnectScalar.isUnion(struct)) {
      SchemaAndValue inner = ConnectScalar.within(struct);
      if (inner.value() instanceof List<?>) {
        points(inner.value(), inner.schema(), sink);
      } else if (inner.value() != null) {
        metric.markBadPoints();
      }
    } else if (value != null) {
      metric.markBadPoints();
    }
  }

  private void point(@Nullable Object point, @Nullable Schema schema) {
    int row = metric.addPoint();
    ofPoint(row, point, schema);
    if (metric.timestamps().kind(row) == Kind.ABSENT) {
      inUnion(row, point);
    }
  }

  private void inUnion(int row, @Nullable Object point) {
    if (point instanceof Struct struct && wraps(struct, "timestamp")) {
      SchemaAndValue inner = ConnectScalar.within(struct);
      ofPoint(row, inner.value(), inner.schema());
    }
  }

  private void ofPoint(int row, @Nullable Object point, @Nullable Schema schema) {
    if (point instanceof List<?> elements) {
      Schema inner = inner(schema);
      int size = elements.size();
      if (size > 0) {
        ConnectScalar.readTime(elements.get(0), inner, metric.timestamps(), row);
      }
      if (size > 1) {
        ConnectScalar.read(elements.get(1), metric.values(), row);
      }
      if (size > 2) {
        ConnectScalar.readText(elements.get(2), inner, metric.types(), row);
      }
    } else if (!fields(point, schema, (name, field, type) -> pointField(row, name, field, type))) {
      metric.markNoPoint(row);
    } else if (metric.values().kind(row) == Kind.ABSENT && point instanceof Struct struct) {
      markUnset(struct, metric.values(), row);
    }
  }

  private void pointField(int row, String name, @Nullable Object value, @Nullable Schema schema) {
    switch (name) {
      case "timestamp" -> ConnectScalar.readTime(value, schema, metric.timestamps(), row);
      case "value" -> ConnectScalar.read(value, metric.values(), row);
      case "type" -> {
        if (value != null) {
          ConnectScalar.readText(value, schema, metric.types(), row);
        }
      }
      default -> {
        // Unknown fields are ignored, as in the JSON form.
      }
    }
  }
}
