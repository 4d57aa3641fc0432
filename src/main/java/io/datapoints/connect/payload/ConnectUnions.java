package io.datapoints.connect.payload;

import io.datapoints.connect.model.InvalidValue;
import java.util.List;
import java.util.Set;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/**
 * Unions of Avro, {@code oneof} of Protobuf and JSON Schema, and Protobuf's wrappers of single
 * values. Converters make structs of them with one field for each possible type; the value is that
 * of the field that is set.
 */
public final class ConnectUnions {

  /** Avro's names of types, which name the fields of an unnamed union. */
  private static final Set<String> TYPES =
      Set.of(
          "null", "boolean", "int", "long", "float", "double", "bytes", "string", "fixed", "enum",
          "array", "map");

  /** Protobuf's wrappers, whose names come with their package or without it. */
  private static final Set<String> WRAPPERS =
      Set.of(
          "DoubleValue",
          "FloatValue",
          "Int64Value",
          "UInt64Value",
          "Int32Value",
          "UInt32Value",
          "BoolValue",
          "StringValue",
          "BytesValue");

  private static final String PROTOBUF = "google.protobuf.";

  /** The parameter of a schema with which newer converters mark a union. */
  private static final String MARK = "org.apache.kafka.connect.data.Union";

  private static final int MAX_LEVELS = 16;

  private ConnectUnions() {}

  /** Whether structs of this schema stand for the one value in them. */
  public static boolean isUnion(Schema schema) {
    String name = schema.name();
    boolean named = name != null && (isNameOfUnion(name) || isWrapper(schema, name));
    return named || isMarked(schema) || (name == null && isUnnamedUnion(schema));
  }

  private static boolean isMarked(Schema schema) {
    return schema.parameters() != null && schema.parameters().containsKey(MARK);
  }

  private static boolean isNameOfUnion(String name) {
    return name.endsWith(".connect.avro.Union")
        || name.endsWith(".connect.json.OneOf")
        || name.endsWith(".connect.protobuf.Union")
        || name.contains(".protobuf.Union.")
        || name.startsWith("connect_union");
  }

  private static boolean isWrapper(Schema schema, String name) {
    String simple = name.startsWith(PROTOBUF) ? name.substring(PROTOBUF.length()) : name;
    return WRAPPERS.contains(simple) && isOneValue(schema);
  }

  private static boolean isOneValue(Schema schema) {
    List<Field> fields = schema.fields();
    return fields.size() == 1 && fields.get(0).name().equals("value");
  }

  /** Each field is optional and named for its type, or the only field of an optional struct. */
  private static boolean isUnnamedUnion(Schema schema) {
    for (Field field : schema.fields()) {
      if (!field.schema().isOptional()
          || !(TYPES.contains(field.name()) || field.name().equals(field.schema().name()))) {
        return schema.isOptional() && isOneValue(schema);
      }
    }
    return !schema.fields().isEmpty();
  }

  /**
   * The value in a union, with its schema; null if no field is set. A union in a union is looked
   * through as well.
   *
   * @throws InvalidValue for a struct with several fields set, whose other values would be lost,
   *     and for unions within unions beyond all sense
   */
  public static @Nullable SchemaAndValue content(Struct union) {
    Struct next = union;
    for (int level = 0; level < MAX_LEVELS; level++) {
      Field field = set(next);
      if (field == null) {
        return null;
      }
      Object value = next.getWithoutDefault(field.name());
      if (!(value instanceof Struct inner) || !isUnion(inner.schema())) {
        return new SchemaAndValue(field.schema(), value);
      }
      next = inner;
    }
    throw new InvalidValue("has unions within unions deeper than " + MAX_LEVELS + " levels");
  }

  private static @Nullable Field set(Struct union) {
    Field set = null;
    for (Field field : union.schema().fields()) {
      if (union.getWithoutDefault(field.name()) != null) {
        if (set != null) {
          throw new InvalidValue("has several values where a union has one");
        }
        set = field;
      }
    }
    return set;
  }
}
