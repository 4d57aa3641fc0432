package io.datapoints.connect.flows;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/**
 * A record with fields good and bad, each at its path in one or several of the spellings that a
 * path can have; the same for a seed.
 */
public final class RandomFlow {

  private static final List<Object> SCALARS =
      List.of(
          "192.0.2.1",
          "2001:DB8::1",
          "::ffff:192.0.2.1",
          "1.2.3",
          "tcp",
          "",
          "443",
          "17",
          "-1",
          "1.5",
          "1e2",
          true,
          0L,
          443L,
          65_535L,
          65_536L,
          1_700_000_000_123L,
          -1L,
          443.0,
          1.5,
          1e10,
          1.7e18,
          List.of(443L),
          List.of(),
          List.of(1L, 2L));

  private final Random random;

  public RandomFlow(Random random) {
    this.random = random;
  }

  /** Fields by their names, values being nested maps, lists, texts, numbers, booleans or null. */
  public Map<String, Object> fields(List<List<String>> paths) {
    Map<String, Object> record = new LinkedHashMap<>();
    List<List<String>> order = new ArrayList<>(paths);
    order.addAll(paths.subList(0, random.nextInt(paths.size())));
    Collections.shuffle(order, random);
    for (List<String> path : order) {
      if (random.nextInt(12) > 0) {
        put(record, path);
      }
    }
    return record;
  }

  private void put(Map<String, Object> record, List<String> path) {
    int names = 1 + random.nextInt(path.size());
    String name = String.join(".", path.subList(0, names));
    if (names == path.size()) {
      record.put(name, scalar());
    } else if (record.get(name) instanceof Map<?, ?> || !record.containsKey(name)) {
      @SuppressWarnings("unchecked") // Only such maps are put there.
      Map<String, Object> inner =
          (Map<String, Object>) record.computeIfAbsent(name, key -> new LinkedHashMap<>());
      put(inner, path.subList(names, path.size()));
    }
  }

  private @Nullable Object scalar() {
    return random.nextInt(15) == 0 ? null : SCALARS.get(random.nextInt(SCALARS.size()));
  }

  /** What a path leads to, the more nested spelling first; null when it leads nowhere. */
  static @Nullable Object find(Map<?, ?> record, List<String> path) {
    for (int names = 1; names <= path.size(); names++) {
      Object value = record.get(String.join(".", path.subList(0, names)));
      if (names < path.size()) {
        value =
            value instanceof Map<?, ?> inner ? find(inner, path.subList(names, path.size())) : null;
      }
      if (value != null) {
        return value;
      }
    }
    return null;
  }

  public static String json(@Nullable Object value) {
    StringBuilder json = new StringBuilder();
    if (value instanceof Map<?, ?> map) {
      map.forEach(
          (name, field) ->
              json.append(json.isEmpty() ? "{" : ",").append("\"" + name + "\":" + json(field)));
      return (json.isEmpty() ? "{" : json) + "}";
    }
    if (value instanceof List<?> list) {
      return list.stream().map(RandomFlow::json).toList().toString();
    }
    return value instanceof String text ? '"' + text + '"' : String.valueOf(value);
  }

  static Struct struct(Map<?, ?> fields) {
    SchemaBuilder schema = SchemaBuilder.struct();
    Map<String, Object> contents = new LinkedHashMap<>();
    fields.forEach(
        (name, value) -> {
          Object content = value instanceof Map<?, ?> inner ? struct(inner) : value;
          contents.put((String) name, content);
          schema.field((String) name, schema(content));
        });
    Struct struct = new Struct(schema.build());
    contents.forEach(struct::put);
    return struct;
  }

  private static Schema schema(@Nullable Object content) {
    if (content instanceof Struct struct) {
      return struct.schema();
    }
    if (content instanceof Long) {
      return Schema.INT64_SCHEMA;
    }
    if (content instanceof Double) {
      return Schema.FLOAT64_SCHEMA;
    }
    if (content instanceof Boolean) {
      return Schema.BOOLEAN_SCHEMA;
    }
    return content instanceof List
        ? SchemaBuilder.array(Schema.INT64_SCHEMA).build()
        : Schema.OPTIONAL_STRING_SCHEMA;
  }
}
