package io.datapoints.connect.table;

import static io.datapoints.connect.table.TableReading.record;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.datapoints.connect.model.MappedRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Records of every form, to what a mapping takes out of them. */
@SuppressWarnings("JavaUtilDate") // The class of Connect's own logical types.
class TableReaderTest {

  private static final Duration BOUND = Duration.ofMinutes(2);

  private static final String FLAT = "a=value.a, b=value.b.c, d=value.d[1].e";

  private static final String JSON =
      "{\"x\":[1,{\"a\":9}],\"a\":1,\"b\":{\"a\":8,\"c\":\"text\"},\"d\":[0,{\"e\":true}]}";

  // Forms.

  @Test
  void jsonIsReadOutOfBytesTextsBuffersAndGzip() throws IOException {
    byte[] bytes = JSON.getBytes(UTF_8);
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
      gzip.write(bytes);
    }
    TableReading reading = TableReading.of(FLAT);
    for (Object value :
        List.of(
            bytes,
            JSON,
            ByteBuffer.wrap(bytes),
            ByteBuffer.wrap(bytes).asReadOnlyBuffer(),
            zipped.toByteArray(),
            "\uFEFF " + JSON)) {
      assertThat(reading.value(value).values(3)).containsExactly(1L, "text", true);
    }
  }

  @Test
  void mapsAndStructsAreRead() {
    Schema inner = SchemaBuilder.struct().field("c", Schema.STRING_SCHEMA).build();
    Schema element = SchemaBuilder.struct().field("e", Schema.BOOLEAN_SCHEMA).build();
    Schema schema =
        SchemaBuilder.struct()
            .field("a", Schema.INT32_SCHEMA)
            .field("b", inner)
            .field("d", SchemaBuilder.array(element).build())
            .build();
    Struct struct =
        new Struct(schema)
            .put("a", 1)
            .put("b", new Struct(inner).put("c", "text"))
            .put(
                "d",
                List.of(new Struct(element).put("e", false), new Struct(element).put("e", true)));
    TableReading reading = TableReading.of(FLAT);

    assertThat(reading.value(struct).values(3)).containsExactly(1, "text", true);
    assertThat(
            reading
                .value(Map.of("a", 1, "b", Map.of("c", "text"), "d", List.of(0, Map.of("e", true))))
                .values(3))
        .containsExactly(1, "text", true);
  }

  @Test
  void connectsLogicalTypesAreTimesAndDecimals() {
    Schema schema =
        SchemaBuilder.struct()
            .field("ts", Timestamp.SCHEMA)
            .field("day", org.apache.kafka.connect.data.Date.SCHEMA)
            .field("at", Time.SCHEMA)
            .field("dec", Decimal.schema(2))
            .field("days", SchemaBuilder.array(org.apache.kafka.connect.data.Date.SCHEMA).build())
            .field("bytes", Schema.BYTES_SCHEMA)
            .field("none", Schema.OPTIONAL_STRING_SCHEMA)
            .field("f", Schema.FLOAT32_SCHEMA)
            .build();
    Struct struct =
        new Struct(schema)
            .put("ts", new Date(-1))
            .put("day", new Date(86_400_000L * 2))
            .put("at", new Date(3_600_000))
            .put("dec", new BigDecimal("1.50"))
            .put("days", List.of(new Date(0)))
            .put("bytes", new byte[] {1, 2})
            .put("f", 1.5f);

    assertThat(
            TableReading.of(
                    "a=value.ts, b=value.day, c=value.at, d=value.dec, e=value.days,"
                        + " f=value.bytes, g=value.none, h=value.f, i=value.absent")
                .value(struct)
                .values(9))
        .containsExactly(
            Instant.ofEpochMilli(-1),
            LocalDate.of(1970, 1, 3),
            LocalTime.of(1, 0),
            new BigDecimal("1.50"),
            List.of(LocalDate.EPOCH),
            ByteBuffer.wrap(new byte[] {1, 2}),
            null,
            1.5f,
            MappedRecord.MISSING);
    Map<Object, @Nullable Object> whole = new HashMap<>();
    whole.put("ts", Instant.ofEpochMilli(-1));
    whole.put("none", null);
    assertThat(TableReading.of("a=value").value(struct).only())
        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
        .containsAllEntriesOf(whole);
  }

  @Test
  void singleValuesOfConvertersAreTheValue() {
    TableReading reading = TableReading.of("v=value");
    assertThat(reading.value(5L).only()).isEqualTo(5L);
    assertThat(reading.value("plain text").only()).isEqualTo("plain text");
    assertThat(reading.value(new byte[] {1, 2}).only())
        .isEqualTo(ByteBuffer.wrap(new byte[] {1, 2}));
    for (String json : List.of(" {\"a\":1}", "[1,[],{}]", "[2026-11-21] ERROR", "{oops", "")) {
      assertThat(reading.value(json).only()).as("unparsed").isEqualTo(json);
    }
    byte[] protobuf = {0x0A, 0x7B, 0x0A, 0x7B};
    assertThat(reading.value(protobuf).only()).isEqualTo(ByteBuffer.wrap(protobuf));
    TableReading parsing = TableReading.of("v=parse(value)");
    assertThat(parsing.value(" {\"a\":1}").only()).isEqualTo(Map.of("a", 1L));
    assertThat(parsing.value("[1,[],{}]").only()).isEqualTo(List.of(1L, List.of(), Map.of()));
    assertThat(parsing.value("5").only()).isEqualTo(5L);
    assertThat(parsing.value("{oops").reasons).singleElement().asString().startsWith("The JSON");
    assertThat(reading.read(record(null, null, Timestamp.SCHEMA, new Date(7))).only())
        .isEqualTo(Instant.ofEpochMilli(7));
  }

  // Numbers.

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0",
        "-0.5",
        "1.5",
        "20.0",
        "0.001",
        "0.125",
        "123456.789012345",
        "1234567.0",
        "9999999999.1234",
        "-1.1",
        "12345678.5"
      })
  void aFractionThatADoubleKeepsIsADouble(String number) {
    Object value = TableReading.of("v=value.v").value("{\"v\":" + number + "}").only();
    assertThat(value).isInstanceOf(Double.class);
    assertThat(BigDecimal.valueOf((Double) java.util.Objects.requireNonNull(value)))
        .isEqualTo(new BigDecimal(number));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.50",
        "0.0001",
        "1e3",
        "1.0e-3",
        "12345678.0",
        "0.1234567890123456789",
        "123456789012345.67",
        "1e999",
        "1e-900"
      })
  void anyOtherFractionIsKeptExactly(String number) {
    assertThat(TableReading.of("v=value.v").value("{\"v\":" + number + "}").only())
        .isEqualTo(new BigDecimal(number));
  }

  @Test
  void everyShortDecimalSurvivesTheWayThroughADouble() {
    Random random = new Random(1);
    TableReading reading = TableReading.of("v=value.v");
    for (int i = 0; i < 20_000; i++) {
      int places = 1 + random.nextInt(12);
      BigDecimal number =
          BigDecimal.valueOf(random.nextLong(-999_999_999_999_999L, 999_999_999_999_999L), places);
      Object read = reading.value("{\"v\":" + number.toPlainString() + "}").only();
      BigDecimal exact = read instanceof Double d ? BigDecimal.valueOf(d) : (BigDecimal) read;
      assertThat(exact).isEqualTo(number);
    }
  }

  @Test
  void wholeNumbersAreLongsOrBeyondThem() {
    TableReading reading = TableReading.of("v=value.v");
    assertThat(reading.value("{\"v\":-9223372036854775808}").only()).isEqualTo(Long.MIN_VALUE);
    assertThat(reading.value("{\"v\":9223372036854775808}").only())
        .isEqualTo(new BigInteger("9223372036854775808"));
    assertThat(reading.value("{\"v\":NaN}").only()).isEqualTo(Double.NaN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e999999999", "1e-999999999", "1.5e1001", "1e99999999999999999999"})
  void anExponentBeyondTheBoundIsOneReason(String number) {
    TableReading reading = TableReading.of("v=value.v");
    assertThat(reading.value("{\"v\":" + number + "}").reasons)
        .singleElement()
        .asString()
        .isEqualTo("ks.t0, column v: is a number with an exponent beyond 1000.");
    assertThat(reading.value("{\"w\":" + number + "}").only())
        .as("nobody reads it")
        .isSameAs(MappedRecord.MISSING);
  }

  // Fields.

  @Test
  void ofSeveralFieldsOfOneNameTheLastCounts() {
    TableReading reading = TableReading.of("v=value.a.b, w=value.a.c");
    assertThat(reading.value("{\"a\":{\"b\":1,\"c\":2},\"a\":{\"b\":3}}").values(2))
        .containsExactly(3L, MappedRecord.MISSING);
    assertThat(reading.value("{\"a\":{\"b\":1,\"c\":2},\"a\":5}").values(2))
        .containsExactly(MappedRecord.MISSING, MappedRecord.MISSING);
    assertThat(reading.value("{\"a\":{\"b\":1,\"b\":null}}").values(2))
        .containsExactly(null, MappedRecord.MISSING);
    assertThat(TableReading.of("v=value.a").value("{\"a\":1,\"a\":2}").only()).isEqualTo(2L);
  }

  @Test
  void aWholeAndPartsOfItComeFromOneReading() {
    TableReading reading = TableReading.of("a=value.a.b, j=json(value), w=value.a, l=value.l[1]");
    assertThat(reading.value("{\"a\":{\"b\":1.50},\"l\":[1,{\"z\":[]}]}").values(4))
        .containsExactly(
            new BigDecimal("1.50"),
            "{\"a\":{\"b\":1.50},\"l\":[1,{\"z\":[]}]}",
            Map.of("b", new BigDecimal("1.50")),
            Map.of("z", List.of()));
  }

  @Test
  void whatIsNotThereIsMissing() {
    TableReading reading = TableReading.of("a=value.a.b.c, l=value.l[5], m=value.l.x");
    for (String json :
        List.of("{}", "{\"a\":null}", "{\"a\":[],\"l\":{}}", "{\"l\":[1]}", "{\"a\":{\"b\":5}}")) {
      assertThat(reading.value(json).values(3))
          .containsExactly(MappedRecord.MISSING, MappedRecord.MISSING, MappedRecord.MISSING);
    }
    for (Map<String, Object> map :
        List.<Map<String, Object>>of(
            Map.of(), Map.of("a", Map.of("b", 5)), Map.of("l", List.of(1)))) {
      assertThat(reading.value(map).values(3))
          .containsExactly(MappedRecord.MISSING, MappedRecord.MISSING, MappedRecord.MISSING);
    }
  }

  @Test
  void aNullThatIsThereIsNull() {
    TableReading reading = TableReading.of("a=value.a.b, l=value.l[1], w=value.a");
    String json = "{\"a\":{\"b\":null},\"l\":[1,null]}";
    Map<String, @Nullable Object> inner = new HashMap<>();
    inner.put("b", null);
    Map<String, Object> map = Map.of("a", inner, "l", Arrays.asList(1, null));
    assertThat(reading.value(json).values(3)).containsExactly(null, null, inner);
    assertThat(reading.value(map).values(3)).containsExactly(null, null, inner);
    SinkRecord header = record(null, "{}");
    header.headers().add("h", null, null);
    assertThat(TableReading.of("h=header.h").read(header).only()).isNull();
  }

  @Test
  void aNullOfAStructIsNullWhateverItsSchemasDefaultIs() {
    Schema nick = SchemaBuilder.string().optional().defaultValue("none").build();
    Schema inner = SchemaBuilder.struct().optional().field("nick", nick).build();
    Schema schema = SchemaBuilder.struct().field("nick", nick).field("in", inner).build();
    Struct struct = new Struct(schema).put("in", new Struct(inner));
    Map<String, @Nullable Object> in = new HashMap<>();
    in.put("nick", null);
    Map<String, @Nullable Object> all = new HashMap<>();
    all.put("nick", null);
    all.put("in", in);

    TableReading reading =
        TableReading.of("a=value.nick, b=value.in.nick, c=key.nick, d=header.h.nick, e=value");
    SinkRecord record = record(schema, struct, schema, struct);
    record.headers().addStruct("h", struct);
    assertThat(reading.read(record).values(5)).containsExactly(null, null, null, null, all);
    TableReading rest = TableReading.of("* = value");
    rest.value(struct);
    assertThat(rest.cells.get(0).rest()).isEqualTo(all);
  }

  @Test
  void nothingOfARecordIsLeftForTheNext() {
    TableReading reading = TableReading.of("a=value.a, k=key.k");
    reading.read(record("{\"k\":1}", "{\"a\":1}"));
    assertThat(reading.read(record("{}", "{}")).values(2))
        .containsExactly(MappedRecord.MISSING, MappedRecord.MISSING);
  }

  @Test
  void allFieldsGoToTheRest() {
    TableReading reading = TableReading.of("id=key, * = value except (b)");
    reading.read(record("k", "{\"id\":0,\"a\":1,\"b\":2,\"c\":{\"d\":[null]}}"));
    assertThat(reading.cells).hasSize(1);
    assertThat(reading.cells.get(0).rest())
        .isEqualTo(Map.of("a", 1L, "c", Map.of("d", Arrays.asList((Object) null))));
  }

  // Keys, headers and the rest of a record.

  @Test
  void aKeyIsReadAsJsonWhereAMappingGoesIntoIt() {
    TableReading reading = TableReading.of("k=key, i=key.id");
    assertThat(reading.read(record("{\"id\":7}", "{}")).values(2))
        .containsExactly("{\"id\":7}", 7L);
    assertThat(reading.read(record("{\"id\":7}".getBytes(UTF_8), "{}")).values(2).get(1))
        .isEqualTo(7L);
    assertThat(reading.read(record(Map.of("id", 7), "{}")).values(2))
        .containsExactly(Map.of("id", 7), 7);
    assertThat(reading.read(record("plain", "{}")).reasons)
        .singleElement()
        .asString()
        .startsWith("In the record key: ");
    assertThat(reading.read(record(5L, "{}")).reasons)
        .containsExactly("The record key is no object, but the mapping asks for fields of one.");
    assertThat(reading.read(record(null, "{}")).values(2))
        .containsExactly(MappedRecord.MISSING, MappedRecord.MISSING);
  }

  @Test
  void aKeyAloneIsWhatItIs() {
    TableReading reading = TableReading.of("k=key");
    assertThat(reading.read(record("{broken", "{}")).only()).isEqualTo("{broken");
    assertThat(reading.read(record(new byte[] {1}, "{}")).only())
        .isEqualTo(ByteBuffer.wrap(new byte[] {1}));
    assertThat(reading.read(record(5, "{}")).only()).isEqualTo(5);
  }

  @Test
  void theFieldsOfAKeyCanBeTheRest() {
    TableReading reading = TableReading.of("v=value.v, * = key");
    reading.read(record("{\"a\":1}", "{\"v\":2}"));
    assertThat(reading.cells.get(0).rest()).isEqualTo(Map.of("a", 1L));
  }

  @Test
  void headersAreFoundByName() {
    SinkRecord record = record(null, "{}");
    record.headers().addString("h", "first").addString("h", "last").addLong("n", 5);
    record.headers().add("m", Map.of("in", 1), null).addBytes("b", new byte[] {3});
    assertThat(
            TableReading.of("a=header.h, b=header.n, c=header.m.in, d=header.b, e=header.absent")
                .read(record)
                .values(5))
        .containsExactly("last", 5L, 1, ByteBuffer.wrap(new byte[] {3}), MappedRecord.MISSING);
  }

  @Test
  void topicPartitionAndOffsetAreThoseOfTheLog() {
    assertThat(
            TableReading.of("a=topic, b=partition, c=offset, d=timestamp, e=now()")
                .value("{}")
                .values(5))
        .containsExactly(
            "before", 3, 42L, Instant.ofEpochMilli(1_700_000_000_123L), TableReading.NOW);
  }

  @Test
  void aRecordWithoutAValueDeletes() {
    TableReading reading = TableReading.of("id=key.id, v=value.v, d=bucket(value.t, 'day')");
    reading.read(record("{\"id\":1}", null));
    assertThat(reading.values(3)).containsExactly(1L, MappedRecord.MISSING, MappedRecord.MISSING);
    assertThat(reading.cells.get(0).deletion()).isTrue();
    assertThat(reading.cells.get(0).topic()).isEqualTo("t");
    assertThat(reading.cells.get(0).origin()).isSameAs(TableReading.ORIGIN);
    reading.read(record("{\"id\":1}", "{}"));
    assertThat(reading.cells.get(0).deletion()).isFalse();
  }

  @Test
  void aFieldWithTheDotsOfAPathIsFoundWhereTheNestedOneIsNot() {
    TableReading reading = TableReading.of("v=value.a.b.c, w=value.a.x");
    for (String json :
        List.of(
            "{'a.b.c':1}",
            "{'a.b':{'c':1}}",
            "{'a':{'b.c':1}}",
            "{'a':{'b':{'c':1}}}",
            "{'a.b.c':2,'a':{'b':{'c':1}},'a.b':{'c':3}}",
            "{'a':{'b':{'c':1}},'a.b.c':2}",
            "{'a':{'b':{'c':null}},'a.b.c':1}",
            "{'a':'text','a.b.c':1,'a.x':null}",
            "{'a':null,'a.b.c':1}",
            "{'a.b.c':1,'a':{'x':5}}")) {
      assertThat(reading.value(json.replace('\'', '"')).values(2).get(0)).as(json).isEqualTo(1L);
    }
    Map<String, Object> flat = Map.of("a.b.c", 1, "a.x", 2, "a", Map.of("x", 3));
    assertThat(reading.value(flat).values(2)).containsExactly(1, 3);
    Schema schema =
        SchemaBuilder.struct()
            .field("a.b.c", Schema.INT32_SCHEMA)
            .field("a", SchemaBuilder.struct().field("x", Schema.INT32_SCHEMA).build())
            .build();
    Struct struct =
        new Struct(schema)
            .put("a.b.c", 1)
            .put("a", new Struct(schema.field("a").schema()).put("x", 3));
    assertThat(reading.read(record(null, null, schema, struct)).values(2)).containsExactly(1, 3);
    Schema both =
        SchemaBuilder.struct()
            .field("a.x", Schema.INT32_SCHEMA)
            .field("a", SchemaBuilder.struct().field("x", Schema.INT32_SCHEMA).build())
            .build();
    Struct nestedFirst =
        new Struct(both).put("a.x", 4).put("a", new Struct(both.field("a").schema()).put("x", 3));
    assertThat(reading.read(record(null, null, both, nestedFirst)).values(2))
        .containsExactly(MappedRecord.MISSING, 3);
  }

  @Test
  void jsonInATextIsReadWhereTheMappingSaysSo() {
    TableReading reading =
        TableReading.of("n=parse(value.after).name, i=parse(value.after).items[1], a=value.after");
    String after = "{\"name\":\"x\",\"items\":[1,2]}";
    for (Object value :
        List.of(
            "{\"after\":\"" + after.replace("\"", "\\\"") + "\"}",
            Map.of("after", after),
            Map.of("after", after.getBytes(UTF_8)))) {
      assertThat(reading.value(value).values(3)).startsWith("x", 2L);
    }
    assertThat(reading.value("{\"after\":{\"name\":\"y\"}}").values(3).get(0))
        .as("it is there already")
        .isEqualTo("y");
    assertThat(reading.value("{\"after\":null}").values(3))
        .containsExactly(MappedRecord.MISSING, MappedRecord.MISSING, null);
    assertThat(reading.value("{\"after\":\"\\\"text\\\"\"}").reasons)
        .singleElement()
        .asString()
        .contains("column n: leads into a text", "column i: leads into a text");
    assertThat(reading.value("{\"after\":\"{oops\"}").reasons)
        .singleElement()
        .asString()
        .startsWith("ks.t0, column n: is no JSON text: The JSON ends");
    assertThat(TableReading.of("n=parse(parse(value)).a").value("\"{\\\"a\\\":5}\"").only())
        .as("JSON in a text of JSON")
        .isEqualTo(5L);
  }

  @Test
  void aPathIntoATextIsAReasonAndNotAMissingField() {
    TableReading reading = TableReading.of("v=value.a.b");
    for (Object value : List.of("{\"a\":\"{}\"}", Map.of("a", "{}"), Map.of("a", new byte[0]))) {
      assertThat(reading.value(value).reasons)
          .containsExactly("ks.t0, column v: leads into a text; parse() reads the JSON in one.");
    }
    assertThat(TableReading.of("v=coalesce(value.a.b, value.a)").value("{\"a\":\"x\"}").only())
        .isEqualTo("x");
  }

  @Test
  void unionsAreLookedThrough() {
    Schema place =
        SchemaBuilder.struct().name("Place").optional().field("x", Schema.INT32_SCHEMA).build();
    Schema union =
        SchemaBuilder.struct()
            .name("io.confluent.connect.avro.Union")
            .field("string", Schema.OPTIONAL_STRING_SCHEMA)
            .field("Place", place)
            .build();
    Schema schema = SchemaBuilder.struct().field("u", union).build();
    Struct inPlace =
        new Struct(schema).put("u", new Struct(union).put("Place", new Struct(place).put("x", 5)));
    TableReading reading = TableReading.of("v=value.u.x, w=value.u, s=value.u.string");
    assertThat(reading.read(record(null, null, schema, inPlace)).values(3))
        .containsExactly(5, Map.of("x", 5), null);
    Struct text = new Struct(schema).put("u", new Struct(union).put("string", "south"));
    assertThat(reading.read(record(null, null, schema, text)).values(3))
        .containsExactly(MappedRecord.MISSING, "south", "south");
    Struct none = new Struct(schema).put("u", new Struct(union));
    assertThat(reading.read(record(null, null, schema, none)).values(3))
        .containsExactly(MappedRecord.MISSING, null, null);
  }

  @Test
  void keysOfMapsThatAreNumbersAreNames() {
    Schema map = SchemaBuilder.map(Schema.INT32_SCHEMA, Schema.STRING_SCHEMA).build();
    Map<Integer, String> value = Map.of(5, "five");
    TableReading all = TableReading.of("* = value");
    assertThat(all.read(record(null, null, map, value)).cells.get(0).rest())
        .isEqualTo(Map.of("5", "five"));
    assertThat(TableReading.of("v=value.\"5\"").read(record(null, null, map, value)).only())
        .isEqualTo("five");
    assertThat(all.value(Map.of(ByteBuffer.wrap(new byte[1]), 1)).reasons)
        .containsExactly("ks.t0, * takes an object whose names are texts or whole numbers.");
  }

  // Targets and reasons.

  @Test
  void eachTargetGetsItsOwnAndABadColumnCostsOneOfThem() {
    TableReading reading =
        TableReading.of("a=value.a", "day=bucket(value.a, 'day')", "b=value.b, a=value.a");
    reading.value("{\"a\":\"s3cret\",\"b\":2}");

    assertThat(reading.cells).extracting(cells -> cells.target()).containsExactly(0, 2);
    assertThat(reading.reasons)
        .containsExactly(
            "ks.t1, column day: must be a time: a number, or a text in ISO 8601 with an offset from"
                + " UTC.");
  }

  @Test
  void everyColumnThatCannotBeFilledIsNamed() {
    TableReading reading =
        TableReading.of("a=lower(value.a), b=value.b, c=text(value.c), * = value.d");
    assertThat(reading.value("{\"a\":1,\"b\":2,\"c\":[],\"d\":3}").reasons)
        .containsExactly(
            "ks.t0, column a: lower takes a text; column c: text takes a single value; json() is"
                + " for objects and lists.",
            "ks.t0, * takes an object.");
    assertThat(TableReading.of("k=key.k, a=value.a").read(record("plain", "{broken")).reasons)
        .hasSize(2);
  }

  @Test
  void aTopicWithoutATargetIsAReason() {
    TableReading reading = TableReading.of("a=value.a");
    reading.read(new SinkRecord("other", 0, null, null, null, "{}", 1));
    assertThat(reading.reasons).containsExactly("No mapping is for the topic of the record.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "5 | The record value is neither a record object nor an array of record objects.",
        "null | The record value is neither a record object nor an array of record objects.",
        "{\"a\":1 | The JSON ends before it is complete at line 1, column 7.",
        "{\"a\":} | Invalid JSON at line 1, column 6; nothing from there on was read.",
      })
  void whatCannotBeReadIsOneReason(String json, String reason) {
    TableReading reading = TableReading.of("a=value.a", "b=value.b");
    assertThat(reading.value(json).reasons).containsExactly(reason);
    assertThat(reading.cells).isEmpty();
    assertThat(reading.value("{\"a\":1}").cells).as("the next record").hasSize(2);
  }

  @Test
  void severalValuesInOneTextAreARecordEach() {
    TableReading reading = TableReading.of("a=value.a", "k=key");
    reading.value("{\"a\":1}\n{\"a\":2}\r\n{\"a\":3}\n");
    assertThat(reading.reasons).isEmpty();
    assertThat(reading.cells)
        .extracting(MappedRecord::target, cells -> cells.value(0))
        .containsExactly(tuple(0, 1L), tuple(1, MappedRecord.MISSING), tuple(0, 2L), tuple(0, 3L));
    assertThat(reading.value("{\"a\":4}[5]{\"a\":6}").reasons)
        .containsExactly("record[1] is not an object.");
    assertThat(reading.cells).hasSize(3);
  }

  @Test
  void thePartsOfAValueAreNotTheWhole() {
    TableReading reading = TableReading.of("a=value.a, whole=value");
    assertThat(reading.value("{\"a\":1}").values(2)).containsExactly(1L, "{\"a\":1}");
    assertThat(reading.value("[{\"a\":1}]").reasons)
        .containsExactly(
            "record[0]: ks.t0, column whole: is the whole value, which holds several records.");
  }

  @Test
  void aBadKeyCostsEveryRecordOfItsValue() {
    TableReading reading = TableReading.of("k=key.k, a=value.a");
    assertThat(reading.read(record("{oops", "[{\"a\":1},5]")).cells).isEmpty();
    assertThat(reading.reasons).hasSize(2).last().isEqualTo("record[1] is not an object.");
  }

  /** What stands before the damage is good, and is not lost with it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"a\":1} x | Text follows the first JSON value at line 1, column 8; it was not read.",
        "{\"a\":1}{\"a\": | The JSON ends before it is complete at line 1, column 13.",
        "{\"a\":1}{\"a\":} | Invalid JSON at line 1, column 13; nothing from there on was read.",
      })
  void whatFollowsAGoodValueCostsNotThatOne(String json, String reason) {
    TableReading reading = TableReading.of("a=value.a");
    assertThat(reading.value(json).reasons).containsExactly(reason);
    assertThat(reading.only()).isEqualTo(1L);
  }

  @Test
  void listsAndSingleValuesHaveNoFields() {
    TableReading reading = TableReading.of("a=value.a");
    assertThat(reading.value(List.of(5)).reasons).hasSize(1);
    assertThat(reading.value(5L).reasons).hasSize(1);
    assertThat(reading.value(new Object()).reasons).hasSize(1);
  }

  @Test
  void elementsOfAnArrayAreRead() {
    TableReading reading = TableReading.of("a=value[1].a");
    assertThat(reading.value("[0,{\"a\":5},6]").only()).isEqualTo(5L);
    assertThat(reading.value(List.of(0, Map.of("a", 5))).only()).isEqualTo(5);
  }

  // Hostile input.

  @ParameterizedTest
  @ValueSource(
      strings = {"a=value.a", "a=parse(value)", "a=value.a[0]", "a=json(value)", "* = value"})
  void nestingHasABound(String mapping) {
    TableReading reading = TableReading.of(mapping);
    for (String level : List.of("[", "{\"a\":")) {
      String json = "{\"a\":" + level.repeat(100_000);
      assertTimeoutPreemptively(BOUND, () -> reading.value(json));
      assertThat(reading.cells).isEmpty();
      assertThat(reading.reasons).singleElement().asString().contains("exceeds a limit");
    }
    String deep = "{\"a\":" + "[".repeat(900) + "]".repeat(900) + "}";
    assertThat(reading.value(deep).cells).hasSize(1);
  }

  @Test
  void whatHoldsItselfIsOneReason() {
    List<Object> list = new ArrayList<>();
    list.add(list);
    Map<String, Object> map = new HashMap<>();
    map.put("a", map);
    Object twice = List.of();
    for (int i = 0; i < 90; i++) {
      twice = List.of(twice, twice);
    }
    Object doubled = twice;
    TableReading reading = TableReading.of("a=value.a");
    for (Object hostile : List.of(list, map, doubled)) {
      assertTimeoutPreemptively(BOUND, () -> reading.value(Map.of("a", hostile)));
      assertThat(reading.reasons).hasSize(1);
    }
    assertThat(reading.value(Map.of("a", new BigDecimal("1e999999999"))).reasons).hasSize(1);
    assertThat(reading.value(Map.of("a", BigInteger.ONE.shiftLeft(4_000))).reasons).hasSize(1);
    assertThat(reading.value(Map.of("a", new Object())).reasons)
        .containsExactly("ks.t0, column a: has a java.lang.Object, which has no counterpart.");
  }

  @Test
  void manyTopicsAreReadWithoutKeepingThemAll() {
    TableReading reading = TableReading.of("a=value.a");
    for (int topic = 0; topic < 2_500; topic++) {
      reading.read(new SinkRecord("x" + topic, 0, null, null, null, "{}", 1));
      assertThat(reading.reasons).hasSize(1);
    }
    assertThat(reading.value("{\"a\":1}").only()).isEqualTo(1L);
  }

  @Test
  void anArrayIsSeveralRecordsWhereItIsSplit() {
    TableReading reading = TableReading.of("a=value.a, b=value.b, k=key.id");
    reading.read(
        TableReading.record(
            "{\"id\":7}", "[{\"a\":1,\"b\":2},{\"b\":3},5,{\"a\":{\"x\":[1]}},[1]]"));
    assertThat(reading.cells)
        .extracting(MappedRecord::values)
        .containsExactly(
            Arrays.asList(1L, 2L, 7L),
            Arrays.asList(MappedRecord.MISSING, 3L, 7L),
            Arrays.asList(Map.of("x", List.of(1L)), MappedRecord.MISSING, 7L));
    assertThat(reading.reasons)
        .containsExactly("record[2] is not an object.", "record[4] is not an object.");
    assertThat(reading.value(List.of(Map.of("a", 4), 5)).cells).hasSize(1);
    assertThat(reading.reasons).containsExactly("record[1] is not an object.");
  }

  @Test
  void oneRecordMayStandAloneWhereArraysAreSplit() {
    TableReading reading = TableReading.of("a=value.a");
    for (Object value : new Object[] {"{\"a\":1}", Map.of("a", 1L)}) {
      assertThat(reading.value(value).only()).isEqualTo(1L);
    }
    assertThat(reading.value("5").reasons)
        .containsExactly(
            "The record value is neither a record object nor an array of record objects.");
    assertThat(reading.value(5).reasons).singleElement().asString().contains("Integer");
    assertThat(reading.value("[]").cells).isEmpty();
    assertThat(reading.reasons).isEmpty();
    assertThat(reading.read(TableReading.record("k", null)).cells)
        .extracting(MappedRecord::deletion)
        .containsExactly(true);
  }

  @Test
  void aBadRecordOfAnArrayCostsNoOther() {
    TableReading reading = TableReading.of("a=port(value.a)");
    reading.value("[{\"a\":1},{\"a\":1e99999},{\"a\":3}]");
    assertThat(reading.cells).extracting(cells -> cells.value(0)).containsExactly(1, 3);
    assertThat(reading.reasons)
        .containsExactly("record[1]: ks.t0, column a: must be a whole number from 0 to 65535.");
  }

  @Test
  void aTargetThatSplitsNoArraysRejectsThemOnce() {
    TableReading reading = TableReading.of("a=value.a", "b=value[0].a, c=value.b");
    reading.value("[{\"a\":1},{\"a\":2}]");
    assertThat(reading.cells).extracting(MappedRecord::target).containsExactly(0, 0);
    assertThat(reading.reasons).containsExactly("ks.t1, takes no array.");
    assertThat(reading.value("{\"a\":1,\"b\":2}").cells)
        .extracting(MappedRecord::target)
        .containsExactly(0, 1);
  }
}
