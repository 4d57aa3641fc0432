package io.datapoints.connect.kairosdb;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/** What converters and transforms could make of records, sane or not; the same for a seed. */
public final class RandomObjects {

  /** The last is none that a struct may have. */
  private static final List<String> NAMES =
      List.of(
          "name",
          "tags",
          "datapoints",
          "value",
          "timestamp",
          "time",
          "type",
          "ttl",
          "skip_validate",
          "real",
          "imaginary",
          "source_ip",
          "dest_ip",
          "source_port",
          "dest_port",
          "protocol",
          "a",
          "");

  private static final int MAX_DEPTH = 6;

  private final Random random;

  public RandomObjects(Random random) {
    this.random = random;
  }

  /** A map, list or struct. */
  public Object record() {
    return switch (random.nextInt(4)) {
      case 0 -> list(0);
      case 1 -> struct(0);
      default -> map(0);
    };
  }

  private @Nullable Object any(int depth) {
    if (depth < MAX_DEPTH && random.nextInt(3) == 0) {
      return switch (random.nextInt(4)) {
        case 0 -> list(depth);
        case 1 -> struct(depth);
        default -> map(depth);
      };
    }
    return scalar();
  }

  @SuppressWarnings("JavaUtilDate") // The class of Connect's own logical types.
  private @Nullable Object scalar() {
    return switch (random.nextInt(22)) {
      case 0 -> null;
      case 1 -> random.nextLong();
      case 2 -> random.nextInt(70_000);
      case 3 -> (short) random.nextInt();
      case 4 -> random.nextGaussian();
      case 5 -> Double.NaN;
      case 6 -> Float.NEGATIVE_INFINITY;
      case 7 -> random.nextBoolean();
      case 8 -> BigInteger.ONE.shiftLeft(random.nextInt(20_000));
      case 9 -> new BigDecimal(BigInteger.ONE, random.nextInt());
      case 10 -> new BigDecimal(BigInteger.TEN.shiftLeft(random.nextInt(9_000)), 5);
      case 11 -> new byte[random.nextInt(100)];
      case 12 -> ByteBuffer.allocate(random.nextInt(100));
      case 13 -> new Date(random.nextLong());
      case 14 -> 'c';
      case 15 -> CharBuffer.wrap("text");
      case 16 -> new Object();
      case 17 -> "192.0.2.1";
      case 18 -> "\ud800";
      case 19 -> itself();
      case 20 -> "x".repeat(random.nextInt(2_000));
      default -> "1e999999999";
    };
  }

  private Object itself() {
    if (random.nextBoolean()) {
      List<Object> list = new ArrayList<>();
      list.add(list);
      return list;
    }
    Map<Object, Object> map = new HashMap<>();
    map.put("value", map);
    map.put("real", map);
    return map;
  }

  private List<Object> list(int depth) {
    List<Object> list = new ArrayList<>();
    for (int size = random.nextInt(5); size > 0; size--) {
      list.add(any(depth + 1));
    }
    return list;
  }

  private Map<Object, Object> map(int depth) {
    Map<Object, Object> map = new LinkedHashMap<>();
    for (int size = random.nextInt(9); size > 0; size--) {
      map.put(key(), any(depth + 1));
    }
    if (random.nextBoolean()) {
      map.put("name", "m");
      map.put("tags", Map.of("h", "a"));
    }
    if (random.nextInt(4) == 0) {
      map.putAll(
          Map.of(
              "source_ip",
              "192.0.2.1",
              "dest_ip",
              "192.0.2.2",
              "source_port",
              1,
              "dest_port",
              2L,
              "protocol",
              "tcp",
              "timestamp",
              1_700_000_000L,
              "value",
              0.5));
    }
    return map;
  }

  private @Nullable Object key() {
    return random.nextInt(8) == 0 ? oddKey() : NAMES.get(random.nextInt(NAMES.size()));
  }

  /** Not one that holds itself: it has no hash. */
  private @Nullable Object oddKey() {
    return switch (random.nextInt(6)) {
      case 0 -> null;
      case 1 -> random.nextLong();
      case 2 -> new byte[3];
      case 3 -> List.of("a");
      case 4 -> BigInteger.ONE.shiftLeft(random.nextInt(20_000));
      default -> new Object();
    };
  }

  private Struct struct(int depth) {
    Map<String, Object> fields = new LinkedHashMap<>();
    for (int size = random.nextInt(8); size > 0; size--) {
      fields.put(
          NAMES.get(random.nextInt(NAMES.size() - 1)),
          depth < MAX_DEPTH && random.nextInt(3) == 0 ? struct(depth + 1) : field());
    }
    SchemaBuilder schema = SchemaBuilder.struct();
    fields.forEach((name, value) -> schema.field(name, schema(value)));
    Struct struct = new Struct(schema.build());
    fields.forEach(struct::put);
    return struct;
  }

  private Object field() {
    return switch (random.nextInt(6)) {
      case 0 -> random.nextLong();
      case 1 -> random.nextGaussian();
      case 2 -> new byte[random.nextInt(50)];
      case 3 -> List.of("192.0.2.1");
      case 4 -> Map.of("h", "a");
      default -> "text";
    };
  }

  private static Schema schema(Object value) {
    if (value instanceof Struct struct) {
      return struct.schema();
    }
    if (value instanceof Long) {
      return Schema.INT64_SCHEMA;
    }
    if (value instanceof Double) {
      return Schema.FLOAT64_SCHEMA;
    }
    if (value instanceof byte[]) {
      return Schema.BYTES_SCHEMA;
    }
    if (value instanceof List) {
      return SchemaBuilder.array(Schema.STRING_SCHEMA).build();
    }
    return value instanceof Map
        ? SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.STRING_SCHEMA).build()
        : Schema.STRING_SCHEMA;
  }
}
