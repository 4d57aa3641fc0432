package io.datapoints.connect.kairosdb;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Timestamp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The same metric in every form that a record value can have. */
public class RecordFormsTest {

  private static final String JSON =
      "{\"name\":\"m\",\"ttl\":60,\"tags\":{\"h\":\"a\",\"i\":\"b\"},"
          + "\"datapoints\":[[1,10,\"long\"],[2,20,\"long\"]]}";

  private static final Schema TAG =
      SchemaBuilder.struct()
          .field("name", Schema.STRING_SCHEMA)
          .field("value", Schema.STRING_SCHEMA)
          .build();
  private static final Schema POINT =
      SchemaBuilder.struct()
          .field("timestamp", Schema.INT64_SCHEMA)
          .field("value", Schema.INT64_SCHEMA)
          .field("type", Schema.OPTIONAL_STRING_SCHEMA)
          .build();

  private final Reading reading = Reading.plain();

  @ParameterizedTest
  @MethodSource("forms")
  void yieldsTheSamePointsFromEachForm(Object value) {
    assertThat(reading.of(value).described())
        .containsExactly("m{h=a,i=b} 1 long 10 ttl 60", "m{h=a,i=b} 2 long 20 ttl 60");
    assertThat(reading.reasons).isEmpty();
    assertThat(reading.points).allMatch(point -> point.origin().equals(Reading.ORIGIN));
  }

  static Stream<Object> forms() throws IOException {
    byte[] json = JSON.getBytes(UTF_8);
    ByteBuffer within = ByteBuffer.allocate(json.length + 10).position(5).put(json).flip();
    within.position(5);
    ByteBuffer direct = ByteBuffer.allocateDirect(json.length).put(json).flip();
    byte[] marked = ("\uFEFF" + JSON).getBytes(UTF_8);
    List<Object> pairs = List.of(List.of(1, 10L, "long"), List.of(2L, (short) 20, "long"));
    List<Object> maps =
        List.of(Map.of("timestamp", 1L, "value", 10L), Map.of("timestamp", 2L, "value", 20L));
    List<Object> listedTags =
        List.of(Map.of("name", "i", "value", "b"), Map.of("name", "h", "value", "a"));
    Map<String, String> tags = Map.of("i", "b", "h", "a");
    return Stream.of(
        json,
        JSON,
        "[" + JSON + "]",
        marked,
        within,
        within.asReadOnlyBuffer(),
        direct,
        gzip(json),
        ByteBuffer.wrap(gzip(json)),
        Map.of("name", "m", "ttl", 60, "tags", tags, "datapoints", pairs),
        Map.of("name", "m", "ttl", "60", "tags", listedTags, "datapoints", maps),
        List.of(Map.of("name", "m", "ttl", 60.0, "tags", tags, "datapoints", maps)),
        struct(tags, SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.STRING_SCHEMA).build()),
        struct(
            List.of(
                new Struct(TAG).put("name", "i").put("value", "b"),
                new Struct(TAG).put("name", "h").put("value", "a")),
            SchemaBuilder.array(TAG).build()));
  }

  private static Struct struct(Object tags, Schema tagSchema) {
    Schema schema =
        SchemaBuilder.struct()
            .field("name", Schema.STRING_SCHEMA)
            .field("timestamp", Schema.OPTIONAL_INT64_SCHEMA)
            .field("value", Schema.OPTIONAL_FLOAT64_SCHEMA)
            .field("type", Schema.OPTIONAL_STRING_SCHEMA)
            .field("ttl", Schema.INT32_SCHEMA)
            .field("tags", tagSchema)
            .field("datapoints", SchemaBuilder.array(POINT).build())
            .build();
    return new Struct(schema)
        .put("name", "m")
        .put("ttl", 60)
        .put("tags", tags)
        .put(
            "datapoints",
            List.of(
                new Struct(POINT).put("timestamp", 1L).put("value", 10L),
                new Struct(POINT).put("timestamp", 2L).put("value", 20L).put("type", "long")));
  }

  /** Dates without java.time, as converters make them of Connect's logical types. */
  private static Date date(long millis) {
    return Date.from(Instant.ofEpochMilli(millis));
  }

  public static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream target = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(target)) {
      gzip.write(bytes);
    }
    return target.toByteArray();
  }

  @ParameterizedTest
  @MethodSource("javaValues")
  void readsValuesAsTheirJsonFormWouldBe(Object value, String stored) {
    reading.of(Map.of("name", "m", "tags", Map.of("h", "a"), "time", 5, "value", value));
    assertThat(reading.described()).containsExactly("m{h=a} 5 " + stored);
  }

  static Stream<Object[]> javaValues() {
    return Stream.of(
        new Object[] {(byte) 7, "long 7"},
        new Object[] {7.0, "double 7.0"},
        new Object[] {1e30, "double 1.0E30"},
        new Object[] {0.5f, "double 0.5"},
        new Object[] {true, "string 'true'"},
        new Object[] {"7.5", "double 7.5"},
        new Object[] {"seven", "string 'seven'"},
        new Object[] {new BigDecimal("12.50"), "double 12.5"},
        new Object[] {new BigDecimal("1E-10"), "double 1.0E-10"},
        new Object[] {new BigDecimal("12"), "long 12"},
        new Object[] {new BigDecimal("1E+3"), "long 1000"},
        new Object[] {new BigDecimal("1E+20"), "double 1.0E20"},
        new Object[] {new BigInteger("9223372036854775807"), "long 9223372036854775807"},
        new Object[] {new BigInteger("18446744073709551615"), "double 1.8446744073709552E19"},
        new Object[] {0.1f, "double 0.10000000149011612"},
        new Object[] {date(1234), "long 1234"});
  }

  @Test
  void keepsTheSpellingOfADecimalAndTheValueOfADouble() {
    Map<String, Object> metric =
        Map.of(
            "name",
            "m",
            "tags",
            Map.of("h", "a"),
            "datapoints",
            List.of(
                List.of(1, new BigDecimal("12.50"), "string"),
                List.of(2, 7.0, "long"),
                List.of(3, 7.5, "string"),
                List.of(date(4), List.of(8L), "long")));
    assertThat(reading.of(metric).described())
        .containsExactly(
            "m{h=a} 1 string '12.50'",
            "m{h=a} 2 long 7",
            "m{h=a} 3 string '7.5'",
            "m{h=a} 4 long 8");
  }

  @Test
  void refusesNumbersThatNoLongHoldsWhereTheTypeIsLong() {
    for (Object value :
        new Object[] {
          7.9,
          1e30,
          Double.NaN,
          7.5f,
          new BigDecimal("12.50"),
          new BigDecimal("1E-10"),
          new BigInteger("9223372036854775808")
        }) {
      Map<String, Object> metric =
          Map.of("name", "m", "tags", Map.of("h", "a"), "time", 5, "type", "long", "value", value);
      assertThat(reading.of(metric).reasons)
          .as("%s", value)
          .containsExactly("metric[0](name=m).value is not a long.");
    }
  }

  @Test
  void refusesDoublesThatAreNoNumbers() {
    for (Object value : new Object[] {Double.NaN, Double.POSITIVE_INFINITY, Float.NaN}) {
      reading.of(Map.of("name", "m", "tags", Map.of("h", "a"), "time", 5, "value", value));
      assertThat(reading.reasons)
          .containsExactly("metric[0](name=m).value is not a finite number.");
    }
  }

  @Test
  void readsLogicalTypesAndUnionsOfAStruct() {
    Schema union =
        SchemaBuilder.struct()
            .field("long", Schema.OPTIONAL_INT64_SCHEMA)
            .field("double", Schema.OPTIONAL_FLOAT64_SCHEMA)
            .build();
    Schema schema =
        SchemaBuilder.struct()
            .field("name", Schema.STRING_SCHEMA)
            .field("tags", SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.STRING_SCHEMA).build())
            .field("timestamp", Timestamp.SCHEMA)
            .field("value", union)
            .field("type", Schema.OPTIONAL_STRING_SCHEMA)
            .build();
    Struct metric =
        new Struct(schema)
            .put("name", "m")
            .put("tags", Map.of("h", "a"))
            .put("timestamp", date(99))
            .put("value", new Struct(union).put("double", 1.0));
    assertThat(reading.of(metric).described()).containsExactly("m{h=a} 99 double 1.0");
    metric.put("value", new Struct(union));
    assertThat(reading.of(metric).points).isEmpty();
    assertThat(reading.reasons).isEmpty();

    Schema decimal =
        SchemaBuilder.struct()
            .field("name", Schema.STRING_SCHEMA)
            .field("tags", SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.STRING_SCHEMA).build())
            .field("time", Schema.INT64_SCHEMA)
            .field("value", Decimal.schema(2))
            .build();
    Struct priced =
        new Struct(decimal)
            .put("name", "m")
            .put("tags", Map.of("h", "a"))
            .put("time", 5L)
            .put("value", new BigDecimal("3.00"));
    assertThat(reading.of(priced).described()).containsExactly("m{h=a} 5 double 3.0");
  }

  @Test
  void treatsAnUnsetFieldOfAStructAsAbsent() {
    Struct metric =
        struct(
            Map.of("h", "a"),
            SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.STRING_SCHEMA).build());
    assertThat(reading.of(metric).reasons).isEmpty();
    metric.put("value", 1.5);
    assertThat(reading.of(metric).reasons)
        .containsExactly("metric[0](name=m).timestamp may not be null.");
  }

  @Test
  void takesANullOfAStructForNoneWhateverItsSchemasDefaultIs() {
    Schema amount = SchemaBuilder.float64().optional().defaultValue(7.0).build();
    Schema union = SchemaBuilder.struct().optional().field("double", amount).build();
    Schema schema =
        SchemaBuilder.struct()
            .field("name", Schema.STRING_SCHEMA)
            .field("tags", SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.STRING_SCHEMA))
            .field("timestamp", Schema.INT64_SCHEMA)
            .field("value", amount)
            .build();
    Struct unset =
        new Struct(schema).put("name", "m").put("tags", Map.of("h", "a")).put("timestamp", 5L);
    assertThat(reading.of(unset).described()).isEmpty();
    assertThat(reading.of(unset.put("value", 1.5)).described())
        .containsExactly("m{h=a} 5 double 1.5");
    Struct inUnion = new Struct(union);
    assertThat(
            reading
                .of(
                    Map.of(
                        "name", "m", "tags", Map.of("h", "a"), "timestamp", 5L, "value", inUnion))
                .described())
        .isEmpty();
  }

  @Test
  void appliesTheSameRulesToMapsAsToJson() {
    assertThat(reading.of(Map.of("name", "m", "tags", 5)).reasons)
        .containsExactly("metric[0](name=m).tags is not an object of texts.");
    assertThat(reading.of(Map.of("name", "m", "datapoints", "x")).reasons)
        .containsExactly("metric[0](name=m).datapoints is not an array.");
    assertThat(reading.of(Arrays.asList("x", null)).reasons)
        .containsExactly("metric[0] is not an object.", "metric[1] is not an object.");
    Map<String, Object> odd =
        Map.of(
            "name",
            "m",
            "tags",
            Map.of("h", List.of()),
            "datapoints",
            Arrays.asList(null, List.of(), List.of(1), Map.of("value", 1)));
    assertThat(reading.of(odd).reasons)
        .containsExactly("metric[0](name=m).tag[h].value is not a text.");
    Map<String, Object> points =
        Map.of(
            "name",
            "m",
            "tags",
            Map.of("h", "a"),
            "datapoints",
            Arrays.asList(null, List.of(), List.of(1), Map.of("value", 1), List.of(1, List.of())));
    assertThat(reading.of(points).reasons)
        .containsExactly(
            "metric[0](name=m).datapoints[0] is not an array of timestamp and value.",
            "metric[0](name=m).datapoints[1].timestamp cannot be null or empty.",
            "metric[0](name=m).datapoints[2].value cannot be null or empty.",
            "metric[0](name=m).datapoints[3].timestamp cannot be null or empty.",
            "metric[0](name=m).datapoints[4].value may not be an empty array.");
  }

  @ParameterizedTest
  @ValueSource(classes = {Integer.class, Double.class, Boolean.class})
  void refusesAnyOtherClassByItsName(Class<?> type) {
    Object value = type == Integer.class ? 5 : type == Double.class ? (Object) 5.5 : true;
    assertThat(reading.of(value).reasons).singleElement().asString().contains(type.getName());
  }

  @Test
  void refusesAGzipBombByItsBound() throws IOException {
    Reading bounded = Reading.inflatingAtMost(10_000);
    byte[] bomb = gzip(new byte[50_000_000]);
    assertThat(bounded.of(bomb).reasons)
        .containsExactly("The record value inflates to more than 10000 bytes.");
    String padded = JSON + " ".repeat(10_000 - JSON.length());
    assertThat(bounded.of(gzip(padded.getBytes(UTF_8))).points).hasSize(2);
    assertThat(bounded.of(gzip((padded + " ").getBytes(UTF_8))).points).isEmpty();
  }

  @Test
  void refusesDamagedGzipAsAWhole() throws IOException {
    byte[] whole = gzip(JSON.getBytes(UTF_8));
    byte[] wrongChecksum = whole.clone();
    wrongChecksum[whole.length - 6] ^= 1;
    for (byte[] damaged :
        List.of(
            Arrays.copyOf(whole, whole.length - 3),
            wrongChecksum,
            new byte[] {0x1f, (byte) 0x8b})) {
      assertThat(reading.of(damaged).reasons)
          .containsExactly("The record value is damaged or truncated gzip data.");
      assertThat(reading.points).isEmpty();
    }
  }
}
