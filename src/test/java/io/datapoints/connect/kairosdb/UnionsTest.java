package io.datapoints.connect.kairosdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Timestamp;
import org.junit.jupiter.api.Test;

/** Metrics in the structs that converters make of unions, wrappers and logical types. */
class UnionsTest {

  private static final Schema TAGS =
      SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.STRING_SCHEMA).optional().build();

  private static final Schema NUMBER =
      SchemaBuilder.struct()
          .field("long", Schema.OPTIONAL_INT64_SCHEMA)
          .field("double", Schema.OPTIONAL_FLOAT64_SCHEMA)
          .field("string", Schema.OPTIONAL_STRING_SCHEMA)
          .optional()
          .build();

  private static final Schema ONE_OF =
      SchemaBuilder.struct()
          .name("io.confluent.connect.protobuf.Union.value")
          .field("as_int", Schema.OPTIONAL_INT64_SCHEMA)
          .field("as_double", Schema.OPTIONAL_FLOAT64_SCHEMA)
          .optional()
          .build();

  private final Reading reading = Reading.plain();

  private static Schema wrapper(String name, Schema type) {
    return SchemaBuilder.struct().name(name).field("value", type).optional().build();
  }

  private static Struct one(Schema schema, String field, Object value) {
    return new Struct(schema).put(field, value);
  }

  @Test
  void looksThroughThemInEveryFieldOfAMetric() {
    Schema text = wrapper("StringValue", Schema.STRING_SCHEMA);
    Schema number = wrapper("google.protobuf.Int64Value", Schema.INT64_SCHEMA);
    Schema tags =
        SchemaBuilder.struct()
            .field("map", TAGS)
            .field("string", Schema.OPTIONAL_STRING_SCHEMA)
            .build();
    Schema point =
        SchemaBuilder.struct()
            .name("Point")
            .field("timestamp", number)
            .field("value", NUMBER)
            .optional()
            .build();
    Schema points =
        SchemaBuilder.array(SchemaBuilder.struct().field("Point", point).build()).build();
    Schema schema =
        SchemaBuilder.struct()
            .name("Metric")
            .field("name", text)
            .field("tags", tags)
            .field("timestamp", number)
            .field("value", ONE_OF)
            .field("type", text)
            .field("ttl", number)
            .field("datapoints", points)
            .optional()
            .build();
    Struct inPoint =
        new Struct(point)
            .put("timestamp", one(number, "value", 7L))
            .put("value", one(NUMBER, "double", 8.0));
    Struct metric =
        new Struct(schema)
            .put("name", one(text, "value", "m"))
            .put("tags", one(tags, "map", Map.of("h", "a")))
            .put("timestamp", one(number, "value", 5L))
            .put("value", one(ONE_OF, "as_int", 6L))
            .put("type", one(text, "value", "double"))
            .put("ttl", one(number, "value", 60L))
            .put("datapoints", List.of(one(points.valueSchema(), "Point", inPoint)));
    List<String> expected = List.of("m{h=a} 5 double 6.0 ttl 60", "m{h=a} 7 double 8.0 ttl 60");
    assertThat(reading.of(metric).described()).isEqualTo(expected);
    Schema record =
        SchemaBuilder.struct()
            .field("Metric", schema)
            .field("string", Schema.OPTIONAL_STRING_SCHEMA)
            .build();
    assertThat(reading.of(one(record, "Metric", metric)).described()).isEqualTo(expected);
    assertThat(reading.of(List.of(one(record, "Metric", metric))).described()).isEqualTo(expected);
    assertThat(reading.of(new Struct(record)).reasons)
        .containsExactly(
            "The record value is neither a metric object nor an array of metric objects.");
  }

  @Test
  void storesTheTypeThatIsSet() {
    assertThat(value(NUMBER, one(NUMBER, "long", 7L))).containsExactly("m{h=a} 5 long 7");
    assertThat(value(NUMBER, one(NUMBER, "double", 7.0))).containsExactly("m{h=a} 5 double 7.0");
    assertThat(value(NUMBER, one(NUMBER, "string", "x"))).containsExactly("m{h=a} 5 string 'x'");
    assertThat(value(ONE_OF, one(ONE_OF, "as_double", 7.5))).containsExactly("m{h=a} 5 double 7.5");
    Schema nested =
        SchemaBuilder.struct()
            .name("io.confluent.connect.avro.Union")
            .field("number", NUMBER)
            .optional()
            .build();
    assertThat(value(nested, one(nested, "number", one(NUMBER, "long", 7L))))
        .containsExactly("m{h=a} 5 long 7");
  }

  @Test
  void takesAnUnsetUnionForANull() {
    for (Object unset : new Object[] {new Struct(NUMBER), null}) {
      assertThat(value(NUMBER, unset)).isEmpty();
      assertThat(reading.reasons).isEmpty();
    }
  }

  @Test
  void tagsThatLookLikeAWrapperAreTags() {
    Schema tags =
        SchemaBuilder.struct().field("value", Schema.OPTIONAL_STRING_SCHEMA).optional().build();
    Schema schema =
        SchemaBuilder.struct()
            .field("name", Schema.STRING_SCHEMA)
            .field("tags", tags)
            .field("time", Schema.INT64_SCHEMA)
            .field("value", Schema.INT64_SCHEMA)
            .build();
    Struct metric =
        new Struct(schema)
            .put("name", "m")
            .put("tags", one(tags, "value", "a"))
            .put("time", 5L)
            .put("value", 6L);
    assertThat(reading.of(metric).described()).containsExactly("m{value=a} 5 long 6");
  }

  @Test
  void looksThroughThemInListedTags() {
    Schema text = wrapper("StringValue", Schema.STRING_SCHEMA);
    Schema tag =
        SchemaBuilder.struct()
            .name("Tag")
            .field("name", text)
            .field("value", text)
            .optional()
            .build();
    Schema tags = SchemaBuilder.array(SchemaBuilder.struct().field("Tag", tag).build()).build();
    Schema schema =
        SchemaBuilder.struct()
            .field("name", Schema.STRING_SCHEMA)
            .field("tags", tags)
            .field("time", Schema.INT64_SCHEMA)
            .field("value", Schema.INT64_SCHEMA)
            .build();
    Struct host =
        new Struct(tag).put("name", one(text, "value", "h")).put("value", one(text, "value", "a"));
    Struct metric =
        new Struct(schema)
            .put("name", "m")
            .put("tags", List.of(one(tags.valueSchema(), "Tag", host)))
            .put("time", 5L)
            .put("value", 6L);
    assertThat(reading.of(metric).described()).containsExactly("m{h=a} 5 long 6");
  }

  @Test
  void aUnionThatHoldsItselfIsNoValue() {
    Schema schema =
        SchemaBuilder.struct()
            .name("io.confluent.connect.avro.Union")
            .field("it", Schema.OPTIONAL_STRING_SCHEMA);
    Struct itself =
        new Struct(schema) {
          @Override
          public Object getWithoutDefault(String fieldName) {
            return this;
          }
        };
    reading.of(Map.of("name", "m", "tags", Map.of("h", "a"), "time", 5, "value", itself));
    assertThat(reading.reasons).containsExactly("metric[0](name=m) value is an invalid type");
    reading.of(Map.of("name", itself, "tags", Map.of("h", itself), "time", itself, "value", 1));
    assertThat(reading.reasons).isNotEmpty();
    assertThat(reading.of(itself).reasons).hasSize(1);
  }

  @Test
  void readsADecimalWithAScaleOfItsOwn() {
    Schema decimal =
        SchemaBuilder.struct()
            .name("io.debezium.data.VariableScaleDecimal")
            .field("scale", Schema.INT32_SCHEMA)
            .field("value", Schema.BYTES_SCHEMA)
            .build();
    assertThat(value(decimal, decimal(decimal, "12.50"))).containsExactly("m{h=a} 5 double 12.5");
    assertThat(value(decimal, decimal(decimal, "12"))).containsExactly("m{h=a} 5 long 12");
    assertThat(value(decimal, decimal(decimal, "18446744073709551615")))
        .containsExactly("m{h=a} 5 double 1.8446744073709552E19");
    Struct empty = new Struct(decimal).put("scale", 2).put("value", ByteBuffer.allocate(0));
    assertThat(value(decimal, empty)).isEmpty();
    assertThat(reading.reasons).hasSize(1);
  }

  private static Struct decimal(Schema schema, String text) {
    BigDecimal number = new BigDecimal(text);
    return new Struct(schema)
        .put("scale", number.scale())
        .put("value", ByteBuffer.wrap(number.unscaledValue().toByteArray()));
  }

  @Test
  void aNumberThatStandsForATimeIsANumberAsAValueAndATextInATag() {
    Schema micros = SchemaBuilder.int64().name("io.debezium.time.MicroTimestamp").build();
    assertThat(value(micros, 1_700_000_000_123_456L))
        .containsExactly("m{h=a} 5 long 1700000000123456");
    Schema tags = SchemaBuilder.struct().field("at", micros).field("on", Timestamp.SCHEMA).build();
    Schema schema =
        SchemaBuilder.struct()
            .field("name", Schema.STRING_SCHEMA)
            .field("tags", tags)
            .field("time", Schema.INT64_SCHEMA)
            .field("value", Schema.INT64_SCHEMA)
            .build();
    Struct metric =
        new Struct(schema)
            .put("name", "m")
            .put(
                "tags",
                new Struct(tags)
                    .put("at", 1_700_000_000_123_456L)
                    .put("on", Date.from(Instant.ofEpochMilli(0))))
            .put("time", 5L)
            .put("value", 6L);
    assertThat(reading.of(metric).described())
        .containsExactly("m{at=2023-11-14T22:13:20.123456Z,on=1970-01-01T00:00:00Z} 5 long 6");
  }

  private List<String> value(Schema type, Object value) {
    Schema schema =
        SchemaBuilder.struct()
            .field("name", Schema.STRING_SCHEMA)
            .field("tags", TAGS)
            .field("time", Schema.INT64_SCHEMA)
            .field("value", type)
            .build();
    Struct metric =
        new Struct(schema)
            .put("name", "m")
            .put("tags", Map.of("h", "a"))
            .put("time", 5L)
            .put("value", value);
    return reading.of(metric).described();
  }
}
