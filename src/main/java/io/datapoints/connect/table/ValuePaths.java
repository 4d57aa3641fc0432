package io.datapoints.connect.table;

import io.datapoints.connect.model.InvalidValue;
import io.datapoints.connect.model.MappedRecord;
import io.datapoints.connect.payload.ConnectUnions;
import io.datapoints.connect.payload.JsonTexts;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/**
 * Fills the slots of paths from a value in memory: one of Connect, or a tree of JSON. Never goes
 * deeper than the longest path. A struct that stands for a union is looked through. A path through
 * fields also finds a field whose name has the dots of the path, if there is no value at the nested
 * one. Used on the task thread.
 */
final class ValuePaths {

  /** Converts a value for a mapping. */
  interface Conversion {
    @Nullable Object of(@Nullable Object value, @Nullable Schema schema);
  }

  private final Conversion conversion;
  private final JsonTexts texts;

  /**
   * @param texts parses JSON in texts
   */
  ValuePaths(Conversion conversion, JsonTexts texts) {
    this.conversion = conversion;
    this.texts = texts;
  }

  /**
   * Fills the slots of the paths that start at a place. A value that no mapping can take becomes an
   * {@link InvalidValue}.
   *
   * @param schema null if there is none
   */
  void fill(
      PathTree place, @Nullable Object value, @Nullable Schema schema, @Nullable Object[] slots) {
    fill(place, value, schema, false, slots);
  }

  /** Like {@link #fill}, but values that are there stay. */
  void fillMissing(
      PathTree place, @Nullable Object value, @Nullable Schema schema, @Nullable Object[] slots) {
    fill(place, value, schema, true, slots);
  }

  /**
   * @param weak whether values that are there stay
   */
  private void fill(
      PathTree place,
      @Nullable Object value,
      @Nullable Schema schema,
      boolean weak,
      @Nullable Object[] slots) {
    if (place.slot() != PathTree.NO_SLOT) {
      place.put(conversion.of(value, schema), weak, slots);
    }
    if (place.leadsOn()) {
      fillBelow(place, value, schema, weak, slots);
    }
  }

  /** Fills the paths that the names of these fields spell with dots, where there is no value. */
  void fillDotted(PathTree place, Map<String, @Nullable Object> fields, @Nullable Object[] slots) {
    entries(place.dotted(), fields, null, true, slots);
  }

  private void fillBelow(
      PathTree place,
      @Nullable Object value,
      @Nullable Schema schema,
      boolean weak,
      @Nullable Object[] slots) {
    PathTree parsed = place.parsed();
    if (parsed != null && value != null) {
      fillParsed(parsed, value, schema, weak, slots);
    }
    if (value == null || !place.asksInside()) {
      return;
    }
    if (value instanceof Struct struct) {
      fields(place, struct, weak, slots);
    } else if (value instanceof Map<?, ?> map) {
      entries(place, map, schema, weak, slots);
    } else if (value instanceof List<?> list) {
      Schema inner = elementSchema(schema);
      for (Map.Entry<Integer, PathTree> step : place.elements().entrySet()) {
        if (step.getKey() < list.size()) {
          fill(step.getValue(), list.get(step.getKey()), inner, weak, slots);
        }
      }
    } else if (isText(value)) {
      place.blockInside(MappedRecord.NO_OBJECT, weak, slots);
    }
  }

  private static boolean isText(Object value) {
    return value instanceof CharSequence || value instanceof byte[] || value instanceof ByteBuffer;
  }

  /** Fills the paths that continue into the JSON of a text or bytes. */
  private void fillParsed(
      PathTree place,
      Object value,
      @Nullable Schema schema,
      boolean weak,
      @Nullable Object[] slots) {
    if (value instanceof Struct struct && ConnectUnions.isUnion(struct.schema())) {
      SchemaAndValue content = content(place, struct, slots);
      if (content != null) {
        fillParsed(place, content.value(), content.schema(), weak, slots);
      }
      return;
    }
    if (!isText(value)) {
      fill(place, value, schema, weak, slots);
      return;
    }
    Object tree = texts.parse(value instanceof CharSequence text ? text.toString() : value);
    if (tree instanceof InvalidValue problem) {
      place.block(problem, weak, slots);
    } else {
      new ValuePaths((part, none) -> part, texts).fill(place, tree, null, weak, slots);
    }
  }

  private void fields(PathTree place, Struct struct, boolean weak, @Nullable Object[] slots) {
    fields(place.fields(), struct, weak, slots);
    if (!place.dotted().isEmpty()) {
      fields(place.dotted(), struct, true, slots);
    }
    if (ConnectUnions.isUnion(struct.schema())) {
      SchemaAndValue content = content(place, struct, slots);
      // A path into another of its types leads nowhere, which is no fault of the record.
      if (content != null && !isText(content.value())) {
        fillBelow(place, content.value(), content.schema(), true, slots);
      }
    }
  }

  private static @Nullable SchemaAndValue content(
      PathTree place, Struct union, @Nullable Object[] slots) {
    try {
      return ConnectUnions.content(union);
    } catch (InvalidValue tooDeep) {
      place.block(tooDeep, true, slots);
      return null;
    }
  }

  private void fields(
      Map<String, PathTree> steps, Struct struct, boolean weak, @Nullable Object[] slots) {
    for (Map.Entry<String, PathTree> step : steps.entrySet()) {
      boolean wanted = !weak || step.getValue().isOpen(slots);
      Field field = wanted ? struct.schema().field(step.getKey()) : null;
      if (field != null) {
        Object content = struct.getWithoutDefault(field.name());
        fill(step.getValue(), content, field.schema(), weak, slots);
      }
    }
  }

  private void entries(
      PathTree place,
      Map<?, ?> map,
      @Nullable Schema schema,
      boolean weak,
      @Nullable Object[] slots) {
    Schema type = schema != null && schema.type() == Schema.Type.MAP ? schema : null;
    Schema inner = type == null ? null : type.valueSchema();
    if (type != null && type.keySchema().type() != Schema.Type.STRING) {
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        PathTree step = place.fields().get(String.valueOf(entry.getKey()));
        if (step != null) {
          fill(step, entry.getValue(), inner, weak, slots);
        }
      }
      return;
    }
    entries(place.fields(), map, inner, weak, slots);
    if (!place.dotted().isEmpty()) {
      entries(place.dotted(), map, inner, true, slots);
    }
  }

  private void entries(
      Map<String, PathTree> steps,
      Map<?, ?> map,
      @Nullable Schema inner,
      boolean weak,
      @Nullable Object[] slots) {
    for (Map.Entry<String, PathTree> step : steps.entrySet()) {
      if (weak && !step.getValue().isOpen(slots)) {
        continue;
      }
      Object content = map.get(step.getKey());
      if (content != null || map.containsKey(step.getKey())) {
        fill(step.getValue(), content, inner, weak, slots);
      }
    }
  }

  /** The schema of the elements of a list; null if there is none. */
  static @Nullable Schema elementSchema(@Nullable Schema list) {
    return list != null && list.type() == Schema.Type.ARRAY ? list.valueSchema() : null;
  }
}
