package io.datapoints.connect.flows;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.datapoints.connect.kairosdb.RecordFormsTest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Timestamp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The same flow in every form that a record value can have. */
class FlowFormsTest {

  private static final String JSON =
      "{\"source_ip\":\"192.0.2.1\",\"dest_ip\":\"2001:db8::1\",\"source_port\":51000,"
          + "\"dest_port\":443,\"protocol\":\"tcp\",\"timestamp\":1700000000123,\"value\":1500}";
  private static final String FLOW =
      "tcp 192.0.2.1 51000 > 2001:db8::1 443 @ 1700000000123 = 1500.0";

  private static final Map<String, Object> MAP =
      Map.of(
          "source_ip",
          "192.0.2.1",
          "dest_ip",
          "2001:db8::1",
          "source_port",
          51_000,
          "dest_port",
          (short) 443,
          "protocol",
          "tcp",
          "timestamp",
          1_700_000_000_123L,
          "value",
          1_500L);

  private final FlowReading reading = FlowReading.plain();

  @ParameterizedTest
  @MethodSource("forms")
  void yieldsTheSameFlowFromEachForm(Object value) {
    assertThat(reading.of(value).described()).containsExactly(FLOW);
    assertThat(reading.reasons).isEmpty();
    assertThat(reading.flows).allMatch(flow -> flow.origin().equals(FlowReading.ORIGIN));
  }

  static Stream<Object> forms() throws IOException {
    byte[] json = JSON.getBytes(UTF_8);
    ByteBuffer direct = ByteBuffer.allocateDirect(json.length).put(json).flip();
    Map<String, Object> doubles = new HashMap<>(MAP);
    doubles.put("source_port", 51_000.0);
    doubles.put("dest_port", 443.0f);
    doubles.put("timestamp", 1_700_000_000_123.0);
    doubles.put("value", "1.5e3");
    return Stream.of(
        json,
        JSON,
        "[" + JSON + "]",
        ByteBuffer.wrap(json),
        direct,
        RecordFormsTest.gzip(json),
        MAP,
        doubles,
        List.of(MAP),
        struct(Schema.INT64_SCHEMA, 1_700_000_000_123L),
        struct(Timestamp.SCHEMA, Date.from(Instant.ofEpochMilli(1_700_000_000_123L))),
        List.of(struct(Schema.STRING_SCHEMA, "1700000000123")));
  }

  private static Struct struct(Schema timestampSchema, Object timestamp) {
    Schema schema =
        SchemaBuilder.struct()
            .field("source_ip", Schema.STRING_SCHEMA)
            .field("dest_ip", Schema.STRING_SCHEMA)
            .field("source_port", Schema.INT32_SCHEMA)
            .field("dest_port", Schema.OPTIONAL_INT16_SCHEMA)
            .field("protocol", Schema.STRING_SCHEMA)
            .field("timestamp", timestampSchema)
            .field("value", Schema.FLOAT64_SCHEMA)
            .field("unset", Schema.OPTIONAL_STRING_SCHEMA)
            .build();
    return new Struct(schema)
        .put("source_ip", "192.0.2.1")
        .put("dest_ip", "2001:db8::1")
        .put("source_port", 51_000)
        .put("dest_port", (short) 443)
        .put("protocol", "tcp")
        .put("timestamp", timestamp)
        .put("value", 1_500.0);
  }

  @Test
  void aNullIsNoValueWhateverTheDefaultOfItsSchemaIs() {
    Struct complete = struct(Schema.INT64_SCHEMA, 1_700_000_000_123L);
    SchemaBuilder schema = SchemaBuilder.struct();
    complete
        .schema()
        .fields()
        .forEach(
            field ->
                schema.field(
                    field.name(),
                    field.name().equals("value")
                        ? SchemaBuilder.float64().optional().defaultValue(0.0).build()
                        : field.schema()));
    Struct flow = new Struct(schema.build());
    complete.schema().fields().stream()
        .filter(field -> !field.name().equals("value"))
        .forEach(field -> flow.put(field.name(), complete.get(field)));
    assertThat(reading.of(flow).described()).isEmpty();
    assertThat(reading.reasons).singleElement().asString().contains("value");
  }

  @Test
  void takesATimestampThatConnectTypesAsItIsInAnyUnit() {
    Struct typed = struct(Timestamp.SCHEMA, Date.from(Instant.ofEpochMilli(1_700_000_000_123L)));
    for (String unit : new String[] {"s", "ms", "us", "ns", "iso8601"}) {
      FlowReading inUnit = FlowReading.with(Map.of("timestamp.unit", unit));
      assertThat(inUnit.of(typed).described()).containsExactly(FLOW);
    }
  }

  @Test
  void judgesEachFlowOfAnArrayAlone() {
    String wrongPort = JSON.replace("443", "65536");
    reading.of("[" + JSON + "," + wrongPort + ",5," + JSON + "]");
    assertThat(reading.described()).containsExactly(FLOW, FLOW);
    assertThat(reading.reasons)
        .containsExactly(
            "flow[1].dest_port must be a whole number from 0 to 65535.",
            "flow[2] is not an object.");

    reading.of(Arrays.asList(MAP, null, "x", Map.of("source_ip", "192.0.2.1")));
    assertThat(reading.described()).containsExactly(FLOW);
    assertThat(reading.reasons)
        .startsWith(
            "flow[1] is not an object.",
            "flow[2] is not an object.",
            "flow[3].dest_ip is missing or null.")
        .hasSize(8);
  }

  @Test
  void judgesEachFlowOfALineAlone() {
    String lines = JSON + "\n" + JSON.replace("443", "65536") + "\r\n5\n\n" + JSON + "\n";
    for (Object value : List.of(lines, lines.getBytes(UTF_8), JSON + " [1] " + lines)) {
      reading.of(value);
      assertThat(reading.described()).hasSizeBetween(2, 3).containsOnly(FLOW);
    }
    assertThat(reading.of(lines.getBytes(UTF_8)).reasons)
        .containsExactly(
            "flow[1].dest_port must be a whole number from 0 to 65535.",
            "flow[2] is not an object.");
  }

  @Test
  void readsNothingFromAnEmptyArray() {
    assertThat(reading.of("[]").flows).isEmpty();
    assertThat(reading.reasons).isEmpty();
    assertThat(reading.of(List.of()).reasons).isEmpty();
  }

  @Test
  void forgetsAFlowBeforeTheNextOne() {
    reading.of(JSON);
    assertThat(reading.of("{}").reasons).hasSize(7);
    assertThat(reading.of("[" + JSON + ",{}]").reasons).hasSize(7);
    assertThat(reading.of(Map.of()).reasons).hasSize(7);
    assertThat(reading.flows).isEmpty();
  }

  @Test
  void takesTheLastOfSeveralFieldsOfOneName() {
    String twice = "{\"value\":{\"x\":1},\"dest_port\":1,\"protocol\":[1,2]," + JSON.substring(1);
    assertThat(reading.of(twice).described()).containsExactly(FLOW);
    reading.of(JSON.replace("}", ",\"value\":null}"));
    assertThat(reading.reasons).containsExactly("value is missing or null.");
  }

  @Test
  void ignoresFieldsThatNobodyAsksFor() {
    String more =
        "{\"x\":{\"source_ip\":[{\"value\":1}]},\"Value\":9,\"\":[],\"y\":[[\"z\"]],"
            + JSON.substring(1);
    assertThat(reading.of(more).described()).containsExactly(FLOW);
    assertThat(reading.reasons).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "5", "\"x\"", "true"})
  void refusesAScalar(String json) {
    assertThat(reading.of(json).reasons)
        .containsExactly("The record value is neither a flow object nor an array of flow objects.");
    assertThat(reading.of(JSON).described()).containsExactly(FLOW);
  }

  @Test
  void keepsNothingOfATruncatedObject() {
    for (int length = 1; length < JSON.length(); length++) {
      reading.of(JSON.substring(0, length));
      assertThat(reading.flows).isEmpty();
      assertThat(reading.reasons).singleElement().asString().startsWith("The JSON ends before");
    }
    assertThat(reading.of(JSON).described()).containsExactly(FLOW);
  }

  @Test
  void keepsWhatIsCompleteBeforeASyntaxError() {
    reading.of("[" + JSON + ",\n{\"source_ip\":secret}," + JSON + "]");
    assertThat(reading.described()).containsExactly(FLOW);
    assertThat(reading.reasons)
        .singleElement()
        .asString()
        .startsWith("Invalid JSON at line 2, column ")
        .doesNotContain("secret");
  }

  @Test
  void saysThatThereIsNothingOrTooMuch() throws IOException {
    assertThat(reading.of("").reasons).containsExactly("The record value is empty.");
    assertThat(reading.of(JSON + " x").described()).containsExactly(FLOW);
    assertThat(reading.reasons).singleElement().asString().startsWith("Text follows");
    assertThat(reading.of(JSON + "\n" + JSON + "\n").described()).containsExactly(FLOW, FLOW);
    assertThat(reading.of(RecordFormsTest.gzip(new byte[200_000])).reasons)
        .containsExactly("The record value inflates to more than 100000 bytes.");
    assertThat(reading.of(5).reasons).singleElement().asString().contains("java.lang.Integer");
  }
}
