package io.datapoints.connect.flows;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.junit.jupiter.api.Test;

/** What tells two flows apart that agree in addresses, protocol, time and ports. */
class FlowKeyTest {

  private static final String FLOW =
      "{\"source_ip\":\"192.0.2.1\",\"dest_ip\":\"192.0.2.2\",\"source_port\":1,\"dest_port\":2,"
          + "\"protocol\":\"udp\",\"timestamp\":3,\"value\":4%s}";
  private static final int KEY = 7;

  private static final FlowReading BY_RECORD = FlowReading.with(Map.of("flows.key", "record"));
  private static final FlowReading BY_ID =
      FlowReading.with(Map.of("flows.key", "id", "flows.field.id", "uid,n"));

  private static List<Object> keys(FlowReading reading) {
    return reading.samples.stream().map(sample -> sample.values().get(KEY)).toList();
  }

  private static String flow(String more) {
    return FLOW.formatted(more);
  }

  @Test
  void theRecordIsItsPlaceInKafka() {
    assertThat(keys(BY_RECORD.of(flow("")))).containsExactly("flows-3@42");
  }

  @Test
  void eachOfSeveralFlowsOfARecordHasItsPosition() {
    String one = flow("");
    assertThat(keys(BY_RECORD.of("[" + one + "," + one + "]")))
        .containsExactly("flows-3@42#0", "flows-3@42#1");
    assertThat(keys(BY_RECORD.of(one + "\n" + one + "\n" + one)))
        .containsExactly("flows-3@42", "flows-3@42#1", "flows-3@42#2");
  }

  @Test
  void aBadOrSkippedFlowTakesItsPositionWithIt() {
    FlowReading filtered =
        FlowReading.with(Map.of("flows.key", "record", "flows.filter", "kind != dns"));
    String one = flow("");
    assertThat(keys(filtered.of("[{\"kind\":\"dns\"},{}," + one + "]")))
        .containsExactly("flows-3@42#2");
  }

  @Test
  void anIdIsTheTextOfASingleValue() {
    assertThat(keys(BY_ID.of(flow(",\"uid\":\"C8Tful1\"")))).containsExactly("C8Tful1");
    assertThat(keys(BY_ID.of(flow(",\"uid\":1888256170528047"))))
        .containsExactly("1888256170528047");
    assertThat(keys(BY_ID.of(flow(",\"uid\":null,\"n\":18446744073709551615"))))
        .containsExactly("18446744073709551615");
  }

  @Test
  void aFlowWithoutItsIdIsABadOne() {
    assertThat(BY_ID.of(flow("")).reasons).containsExactly("uid or n (id) is missing or null.");
    assertThat(BY_ID.of(flow(",\"uid\":{}")).reasons)
        .singleElement()
        .asString()
        .startsWith("uid or n (id) text takes a single value");
  }

  @Test
  void aStructHasAnIdToo() {
    Schema schema =
        SchemaBuilder.struct()
            .field("source_ip", Schema.STRING_SCHEMA)
            .field("dest_ip", Schema.STRING_SCHEMA)
            .field("source_port", Schema.INT32_SCHEMA)
            .field("dest_port", Schema.INT32_SCHEMA)
            .field("protocol", Schema.STRING_SCHEMA)
            .field("timestamp", Schema.INT64_SCHEMA)
            .field("value", Schema.FLOAT64_SCHEMA)
            .field("n", Schema.INT32_SCHEMA)
            .build();
    Struct struct =
        new Struct(schema)
            .put("source_ip", "192.0.2.1")
            .put("dest_ip", "192.0.2.2")
            .put("source_port", 1)
            .put("dest_port", 2)
            .put("protocol", "udp")
            .put("timestamp", 3L)
            .put("value", 4.0)
            .put("n", 7);
    assertThat(keys(BY_ID.of(struct))).containsExactly("7");
    assertThat(keys(BY_RECORD.of(List.of(struct)))).containsExactly("flows-3@42#0");
  }
}
