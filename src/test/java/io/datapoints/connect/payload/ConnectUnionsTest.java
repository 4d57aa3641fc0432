package io.datapoints.connect.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datapoints.connect.model.InvalidValue;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectUnionsTest {

  private static final String UNION = "io.confluent.connect.avro.Union";

  @ParameterizedTest
  @CsvSource({
    "io.confluent.connect.avro.Union, string, true",
    "io.confluent.connect.json.OneOf, a, true",
    "io.confluent.connect.protobuf.Union.kind, kind_0, true",
    "connect_union_0, connect_union_field_0, true",
    "google.protobuf.StringValue, value, true",
    "StringValue, value, true",
    "StringValue, name, false",
    ", string, true",
    ", value, true",
    ", name, false",
    "org.example.Reading, value, false",
    "org.example.Union, string, false"
  })
  void isOne(@Nullable String name, String field, boolean union) {
    Schema schema =
        SchemaBuilder.struct()
            .optional()
            .name(name)
            .field(field, Schema.OPTIONAL_STRING_SCHEMA)
            .build();
    assertThat(ConnectUnions.isUnion(schema)).isEqualTo(union);
  }

  @Test
  void aSchemaMayBeMarkedAsOne() {
    assertThat(
            ConnectUnions.isUnion(
                SchemaBuilder.struct()
                    .name("org.example.Kind")
                    .parameter("org.apache.kafka.connect.data.Union", "Kind")
                    .field("a", Schema.OPTIONAL_STRING_SCHEMA)
                    .build()))
        .isTrue();
  }

  @Test
  void aStructWithARequiredFieldIsNone() {
    assertThat(
            ConnectUnions.isUnion(
                SchemaBuilder.struct().field("string", Schema.STRING_SCHEMA).build()))
        .isFalse();
    assertThat(
            ConnectUnions.isUnion(
                SchemaBuilder.struct()
                    .optional()
                    .field("string", Schema.OPTIONAL_STRING_SCHEMA)
                    .field("name", Schema.OPTIONAL_STRING_SCHEMA)
                    .build()))
        .isFalse();
    assertThat(ConnectUnions.isUnion(SchemaBuilder.struct().build())).isFalse();
  }

  @Test
  void aUnionWithinAUnionIsLookedThroughToABound() {
    Schema schema = Schema.OPTIONAL_STRING_SCHEMA;
    Object value = "south";
    for (int level = 0; level < 16; level++) {
      schema = SchemaBuilder.struct().optional().name(UNION).field("x", schema).build();
      value = new Struct(schema).put("x", value);
    }
    Struct deepest = (Struct) value;
    assertThat(ConnectUnions.content(deepest))
        .isEqualTo(new SchemaAndValue(Schema.OPTIONAL_STRING_SCHEMA, "south"));
    Schema above = SchemaBuilder.struct().name(UNION).field("x", schema).build();
    assertThatThrownBy(() -> ConnectUnions.content(new Struct(above).put("x", deepest)))
        .isInstanceOf(InvalidValue.class);
    assertThat(ConnectUnions.content(new Struct(above))).isNull();
  }

  /** The first would otherwise stand for both, and the second would be lost. */
  @Test
  void twoValuesAreNotOne() {
    Schema schema =
        SchemaBuilder.struct()
            .name(UNION)
            .field("string", Schema.OPTIONAL_STRING_SCHEMA)
            .field("long", Schema.OPTIONAL_INT64_SCHEMA)
            .build();
    Struct both = new Struct(schema).put("string", "south").put("long", 5L);
    assertThatThrownBy(() -> ConnectUnions.content(both))
        .isInstanceOf(InvalidValue.class)
        .hasMessage("has several values where a union has one");
  }
}
