package io.datapoints.connect.table;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/**
 * One form in which a record can have a value, and an example of it.
 *
 * @param name of the form, in Markdown
 * @param example as a reader of the documentation writes it, in Markdown
 * @param record whose value has the field {@code v}
 */
record ValueForm(String name, String example, SinkRecord record) {

  private static final Instant INSTANT = Instant.parse("2026-11-21T12:00:00.123456Z");
  private static final long MICROS = INSTANT.getEpochSecond() * 1_000_000 + 123_456;
  private static final long NOON_MILLIS = 43_200_000;
  private static final int DAY = 20_778;
  private static final String TIME = "io.debezium.time.";
  private static final String DATA = "io.debezium.data.";

  /** The forms, in the order of the documentation. */
  @SuppressWarnings("JavaUtilDate") // The class of Connect's own logical types.
  static List<ValueForm> all() {
    List<ValueForm> forms = new ArrayList<>();
    for (String literal :
        List.of(
            "true",
            "5",
            "1.5",
            "12345678.5",
            "1e3",
            "18446744073709551616",
            "\"south\"",
            "\"007\"",
            "\"2026-11-21\"",
            "\"2026-11-21T12:00:00Z\"",
            "\"2026-11-21T12:00:00\"")) {
      forms.add(
          new ValueForm(
              "JSON", "`" + literal + "`", TableReading.record(null, "{\"v\":" + literal + "}")));
    }
    forms.add(of("Connect `INT32`", Schema.INT32_SCHEMA, 5));
    forms.add(of("Connect `FLOAT64`", Schema.FLOAT64_SCHEMA, 1.5));
    forms.add(of("Connect `BYTES`", Schema.BYTES_SCHEMA, new byte[] {1, 2}, "01 02"));
    forms.add(of("Connect `Decimal`", Decimal.schema(2), new BigDecimal("1.50")));
    forms.add(
        of(
            "Connect `Date`",
            org.apache.kafka.connect.data.Date.SCHEMA,
            new Date(DAY * 86_400_000L),
            "day " + DAY));
    forms.add(of("Connect `Time`", Time.SCHEMA, new Date(NOON_MILLIS), NOON_MILLIS));
    forms.add(
        of("Connect `Timestamp`", Timestamp.SCHEMA, Date.from(INSTANT), INSTANT.toEpochMilli()));
    forms.add(debezium(TIME + "Date", Schema.Type.INT32, DAY));
    forms.add(debezium(TIME + "Timestamp", Schema.Type.INT64, MICROS / 1_000));
    forms.add(debezium(TIME + "MicroTimestamp", Schema.Type.INT64, MICROS));
    forms.add(debezium(TIME + "NanoTimestamp", Schema.Type.INT64, MICROS * 1_000));
    forms.add(debezium(TIME + "Time", Schema.Type.INT32, (int) NOON_MILLIS));
    forms.add(debezium(TIME + "MicroTime", Schema.Type.INT64, NOON_MILLIS * 1_000));
    forms.add(debezium(TIME + "NanoTime", Schema.Type.INT64, NOON_MILLIS * 1_000_000));
    forms.add(
        debezium(TIME + "ZonedTimestamp", Schema.Type.STRING, "2026-11-21T13:00:00.123456+01:00"));
    forms.add(debezium(TIME + "ZonedTime", Schema.Type.STRING, "13:00:00+01:00"));
    forms.add(debezium(TIME + "Year", Schema.Type.INT32, 2026));
    forms.add(debezium(TIME + "Interval", Schema.Type.STRING, "P1Y2M3DT4H5M6.78S"));
    forms.add(debezium(TIME + "MicroDuration", Schema.Type.INT64, 1_500_000L));
    forms.add(debezium(TIME + "IsoDate", Schema.Type.STRING, "2026-11-21Z"));
    forms.add(debezium(TIME + "IsoTime", Schema.Type.STRING, "12:00:00Z"));
    forms.add(debezium(TIME + "IsoTimestamp", Schema.Type.STRING, "2026-11-21T12:00:00Z"));
    forms.add(debezium(DATA + "Uuid", Schema.Type.STRING, "6ba7b810-9dad-41d1-80b4-00c04fd430c8"));
    forms.add(debezium(DATA + "Json", Schema.Type.STRING, "{}"));
    forms.add(debezium(DATA + "Xml", Schema.Type.STRING, "<a/>"));
    forms.add(debezium(DATA + "Enum", Schema.Type.STRING, "red"));
    forms.add(
        of(
            "Debezium `" + DATA + "Bits`",
            named(DATA + "Bits", Schema.Type.BYTES),
            new byte[] {5},
            "05"));
    forms.add(scaled());
    forms.add(union("Avro's union", "io.confluent.connect.avro.Union", "string", "south"));
    forms.add(union("Union without a name", null, "long", 5L));
    forms.add(
        union("Protobuf's `oneof`", "io.confluent.connect.protobuf.Union.kind", "kind_0", 5L));
    forms.add(union("Protobuf's wrapper", "google.protobuf.Int64Value", "value", 5L));
    return forms;
  }

  private static ValueForm debezium(String name, Schema.Type type, Object value) {
    return of("Debezium `" + name + "`", named(name, type), value);
  }

  private static Schema named(String name, Schema.Type type) {
    return new SchemaBuilder(type).name(name).build();
  }

  private static ValueForm scaled() {
    String name = DATA + "VariableScaleDecimal";
    Schema schema =
        SchemaBuilder.struct()
            .name(name)
            .field("scale", Schema.INT32_SCHEMA)
            .field("value", Schema.BYTES_SCHEMA)
            .build();
    Struct value =
        new Struct(schema).put("scale", 2).put("value", BigInteger.valueOf(150).toByteArray());
    return of("Debezium `" + name + "`", schema, value, "1.50");
  }

  private static ValueForm union(String form, @Nullable String name, String set, Object content) {
    Schema type =
        content instanceof Long ? Schema.OPTIONAL_INT64_SCHEMA : Schema.OPTIONAL_STRING_SCHEMA;
    SchemaBuilder schema = SchemaBuilder.struct().optional().name(name).field(set, type);
    if (!set.equals("value")) {
      schema.field("boolean", Schema.OPTIONAL_BOOLEAN_SCHEMA);
    }
    Schema union = schema.build();
    return of(form, union, new Struct(union).put(set, content), set + " " + content);
  }

  private static ValueForm of(String name, Schema schema, Object value) {
    return of(name, schema, value, value);
  }

  private static ValueForm of(String name, Schema schema, Object value, Object example) {
    Schema record = SchemaBuilder.struct().name("Reading").field("v", schema).build();
    return new ValueForm(
        name,
        "`" + example + "`",
        TableReading.record(null, null, record, new Struct(record).put("v", value)));
  }
}
