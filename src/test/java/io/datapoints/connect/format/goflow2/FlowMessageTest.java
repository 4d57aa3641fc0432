package io.datapoints.connect.format.goflow2;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.CodedOutputStream;
import io.datapoints.connect.config.CassandraSinkConfig;
import io.datapoints.connect.flows.Flow;
import io.datapoints.connect.format.MapReader;
import io.datapoints.connect.model.MappedRecord;
import io.datapoints.connect.model.RecordOrigin;
import io.datapoints.connect.model.Rule;
import io.datapoints.connect.model.Sample;
import io.datapoints.connect.model.SampleSink;
import io.datapoints.connect.table.TableReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;

/** The Protobuf of goflow2 as flows. Numbers of fields are those of its flow.proto. */
class FlowMessageTest {

  private static final int MUTATIONS = 20_000;
  private static final long RECEIVED = 1_700_000_000_123_456_789L;
  private static final long START = 1_699_999_999_500_000_000L;
  private static final String FLOW =
      "tcp 192.0.2.38 16443 > 198.51.100.54 57444 @ 1699999999500 = 1518.0";

  private final List<MappedRecord> samples = new ArrayList<>();
  private final List<String> reasons = new ArrayList<>();
  private int skipped;
  private final MapReader reader = reader(Map.of());

  private static MapReader reader(Map<String, String> more) {
    Map<String, String> properties = new HashMap<>(more);
    properties.put("layout", "flows");
    properties.put("flows.preset", "goflow2_proto");
    return new MapReader(
        new FlowMessageDecoder(),
        new TableReader(CassandraSinkConfig.from(properties).pipeline().mapping(), 100_000));
  }

  private List<String> read(Object value) {
    return read(reader, value);
  }

  private List<String> read(MapReader by, Object value) {
    samples.clear();
    reasons.clear();
    skipped = 0;
    Schema none = null;
    by.read(
        new SinkRecord("flows", 3, none, null, none, value, 42),
        new RecordOrigin("flows", 3, 42, 7),
        new SampleSink() {
          @Override
          public void accept(Sample sample) {
            samples.add((MappedRecord) sample);
          }

          @Override
          public void reject(Rule rule, String reason) {
            reasons.add(reason);
          }

          @Override
          public void skip() {
            skipped++;
          }
        });
    return samples.stream().map(FlowMessageTest::describe).toList();
  }

  private static String describe(MappedRecord sample) {
    Flow flow = Flow.of(sample);
    return "%s %s %d > %s %d @ %d = %s"
        .formatted(
            flow.conversation().protocol(),
            flow.conversation().sourceIp(),
            flow.sourcePort(),
            flow.conversation().destIp(),
            flow.destPort(),
            flow.timestamp(),
            flow.value());
  }

  private interface Fields {
    void write(CodedOutputStream out) throws IOException;
  }

  private static byte[] message(Fields fields) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      CodedOutputStream out = CodedOutputStream.newInstance(bytes);
      fields.write(out);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static byte[] delimited(byte[] message) {
    return message(
        out -> {
          out.writeUInt32NoTag(message.length);
          out.writeRawBytes(message);
        });
  }

  private static byte[] address(String text) throws IOException {
    return InetAddress.getByName(text).getAddress();
  }

  /** As goflow2 has it of a NetFlow record, in the order of its numbers. */
  private static byte[] tcp() {
    return message(
        out -> {
          out.writeEnum(1, 3);
          out.writeUInt64(3, 1024);
          out.writeUInt32(4, 4711);
          out.writeByteArray(6, address("192.0.2.38"));
          out.writeByteArray(7, address("198.51.100.54"));
          out.writeUInt64(9, 1518);
          out.writeUInt64(10, 1);
          out.writeByteArray(11, address("192.0.2.254"));
          out.writeUInt32(19, 5031);
          out.writeUInt32(20, 6);
          out.writeUInt32(21, 16_443);
          out.writeUInt32(22, 57_444);
          out.writeUInt64(27, 0x5E005301L);
          out.writeUInt32(30, 0x800);
          out.writeByteArray(82, address("192.0.2.1"));
          out.writeUInt32(101, 64_496);
          out.writeUInt32(101, 64_511);
          out.writeByteArray(103, new byte[] {0, 1, 3});
          out.writeUInt64(110, RECEIVED);
          out.writeUInt64(111, START);
          out.writeString(1000, "of an enricher");
        });
  }

  @Test
  void readsAMessageWithItsLengthAndWithout() {
    assertThat(read(delimited(tcp()))).containsExactly(FLOW);
    assertThat(read(tcp())).containsExactly(FLOW);
    assertThat(read(ByteBuffer.wrap(delimited(tcp())))).containsExactly(FLOW);
    assertThat(reasons).isEmpty();
  }

  @Test
  void aFieldThatIs0IsNotOnTheWire() {
    byte[] icmp =
        message(
            out -> {
              out.writeByteArray(6, address("2001:db8::1"));
              out.writeByteArray(7, address("2001:db8::2"));
              out.writeUInt32(20, 58);
              out.writeUInt32(31, 128);
              out.writeUInt64(110, RECEIVED);
            });
    assertThat(read(delimited(icmp)))
        .containsExactly("ipv6-icmp 2001:db8::1 0 > 2001:db8::2 0 @ 1700000000123 = 0.0");
  }

  @Test
  void aSampleThatIsNoIpIsSkipped() {
    byte[] arp =
        message(
            out -> {
              out.writeEnum(1, 1);
              out.writeUInt64(9, 64);
              out.writeUInt32(30, 0x806);
              out.writeUInt64(110, RECEIVED);
            });
    assertThat(read(delimited(arp))).isEmpty();
    assertThat(reasons).isEmpty();
    assertThat(skipped).isOne();
  }

  @Test
  void everyNumberIsUnsigned() {
    byte[] huge =
        message(
            out -> {
              out.writeByteArray(6, address("192.0.2.1"));
              out.writeByteArray(7, address("192.0.2.2"));
              out.writeUInt64(9, -1);
              out.writeUInt32(20, 17);
              out.writeUInt64(110, RECEIVED);
            });
    assertThat(read(huge)).singleElement().asString().endsWith("= 1.8446744073709552E19");
  }

  @Test
  void theLastOfAFieldCountsAndOneOfAnotherWireTypeDoesNot() {
    byte[] odd =
        message(
            out -> {
              out.writeUInt64(9, 7);
              out.writeRawBytes(tcp());
              out.writeFixed64(9, 8);
              out.writeUInt32(6, 9);
            });
    assertThat(read(odd)).containsExactly(FLOW);
  }

  @Test
  void theOtherFieldsHaveTheNamesOfGoflow2sJson() {
    MapReader byPackets =
        reader(
            Map.of(
                "flows.field.value", "packets",
                "flows.field.timestamp", "time_received_ns",
                "flows.key", "id",
                "flows.field.id", "sequence_num"));
    assertThat(read(byPackets, delimited(tcp())))
        .containsExactly("tcp 192.0.2.38 16443 > 198.51.100.54 57444 @ 1700000000123 = 1.0");
    assertThat(samples.get(0).values().get(7)).isEqualTo("4711");
  }

  @Test
  void saysWhichFieldIsWrong() {
    byte[] wrong =
        message(
            out -> {
              out.writeByteArray(6, new byte[5]);
              out.writeByteArray(7, address("192.0.2.2"));
              out.writeUInt32(20, 17);
              out.writeUInt32(21, 65_536);
            });
    assertThat(read(wrong)).isEmpty();
    assertThat(reasons)
        .containsExactly(
            "src_addr (source_ip) must be an IP address.",
            "src_port (source_port) must be a whole number from 0 to 65535.",
            "time_flow_start_ns or time_received_ns (timestamp) is missing or null.");
  }

  @Test
  void whatIsNoMessageIsABadRecord() {
    for (byte[] value : List.of("{\"type\":\"SFLOW_5\"}".getBytes(UTF_8), new byte[] {8})) {
      assertThat(read(value)).isEmpty();
      assertThat(reasons)
          .containsExactly(
              "The record value is not a FlowMessage of goflow2, or a damaged or truncated one.");
    }
    read(new byte[0]);
    assertThat(reasons).containsExactly("The record value is empty.");
    read("text");
    assertThat(reasons).singleElement().asString().contains("ByteArrayConverter");
  }

  @Test
  void whatAConverterMadeOfAMessageIsReadAsItIs() throws IOException {
    Map<String, Object> converted = new HashMap<>();
    converted.put("src_addr", address("192.0.2.38"));
    converted.put("dst_addr", ByteBuffer.wrap(address("198.51.100.54")));
    converted.put("src_port", 16_443);
    converted.put("dst_port", 57_444);
    converted.put("proto", 6);
    converted.put("bytes", 1518L);
    converted.put("time_flow_start_ns", START);
    assertThat(read(converted)).containsExactly(FLOW);
  }

  @Test
  void damageIsAReasonAndNeverAnException() {
    byte[] whole = delimited(tcp());
    for (int length = 1; length < whole.length; length++) {
      read(Arrays.copyOf(whole, length));
      assertThat(samples.size() + reasons.size() + skipped).isPositive();
    }
    Random random = new Random(5);
    for (int round = 0; round < MUTATIONS; round++) {
      byte[] damaged = (round % 2 == 0 ? whole : tcp()).clone();
      for (int i = random.nextInt(4); i >= 0; i--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      try {
        read(damaged);
      } catch (RuntimeException | StackOverflowError fault) {
        throw new AssertionError(HexFormat.of().formatHex(damaged), fault);
      }
    }
  }
}
