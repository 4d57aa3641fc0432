package io.datapoints.connect.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;

class RecordSizeTest {

  private static int sizeOf(Object value) {
    return RecordSize.of(new SinkRecord("t", 0, null, null, null, value, 0));
  }

  @Test
  void textsAndBytesCountAtTheirLength() {
    assertThat(sizeOf("x".repeat(10_000))).isBetween(10_000, 11_000);
    assertThat(sizeOf(new byte[10_000])).isBetween(10_000, 11_000);
  }

  @Test
  void treesCountWithAllThatIsInThem() {
    String text = "x".repeat(20_000);
    Schema schema = SchemaBuilder.struct().field("text", Schema.STRING_SCHEMA).build();
    assertThat(sizeOf(new Struct(schema).put("text", text))).isBetween(20_000, 21_000);
    assertThat(sizeOf(Map.of("a", Map.of("b", List.of(text))))).isBetween(20_000, 21_000);
    assertThat(sizeOf(Collections.nCopies(100_000, 1L))).isGreaterThan(4_000_000);
  }

  @Test
  void headersCount() {
    ConnectHeaders headers = new ConnectHeaders();
    headers.addString("h", "x".repeat(5_000));
    SinkRecord record = new SinkRecord("t", 0, null, null, null, null, 0, null, null, headers);
    assertThat(RecordSize.of(record)).isBetween(5_000, 6_000);
  }

  @Test
  void noDepthIsTooMuch() {
    Map<String, Object> nested = new HashMap<>();
    for (int depth = 0; depth < 100_000; depth++) {
      Map<String, Object> outer = new HashMap<>();
      outer.put("n", nested);
      nested = outer;
    }
    assertThat(sizeOf(nested)).isPositive();
  }
}
