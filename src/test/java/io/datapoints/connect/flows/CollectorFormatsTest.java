package io.datapoints.connect.flows;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.datapoints.connect.docs.Page;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Records as flow collectors write them, with the settings that docs/layouts/flows.md gives for
 * each.
 */
class CollectorFormatsTest {

  private static final Map<String, String> GOFLOW2 =
      Map.of(
          "flows.field.source_ip", "src_addr",
          "flows.field.dest_ip", "dst_addr",
          "flows.field.source_port", "src_port",
          "flows.field.dest_port", "dst_port",
          "flows.field.protocol", "proto",
          "flows.field.timestamp", "time_flow_start_ns,time_received_ns",
          "flows.field.value", "bytes",
          "timestamp.unit", "ns");

  private static final Map<String, String> ELASTIC =
      Map.of(
          "flows.field.source_ip", "source.ip,source.address",
          "flows.field.dest_ip", "destination.ip,destination.address",
          "flows.field.source_port", "source.port",
          "flows.field.dest_port", "destination.port",
          "flows.field.protocol", "network.transport",
          "flows.field.timestamp", "@timestamp",
          "flows.field.value", "network.bytes",
          "timestamp.unit", "iso8601");

  private static final Map<String, String> NPROBE =
      Map.of(
          "flows.field.source_ip", "IPV4_SRC_ADDR,IPV6_SRC_ADDR",
          "flows.field.dest_ip", "IPV4_DST_ADDR,IPV6_DST_ADDR",
          "flows.field.source_port", "L4_SRC_PORT",
          "flows.field.dest_port", "L4_DST_PORT",
          "flows.field.protocol", "PROTOCOL",
          "flows.field.timestamp", "FIRST_SWITCHED",
          "flows.field.value", "IN_BYTES",
          "timestamp.unit", "s");

  private static final String FROM_GOFLOW2 =
      """
      {"type":"SFLOW_5","time_received_ns":1700000000123456789,"sequence_num":4711,\
      "sampling_rate":1024,"sampler_address":"192.0.2.254",\
      "time_flow_start_ns":1700000000123456789,"time_flow_end_ns":1700000000123456789,\
      "bytes":1518,"packets":1,"src_addr":"192.0.2.38","dst_addr":"198.51.100.54",\
      "etype":"IPv4","proto":"TCP","src_port":16443,"dst_port":57444,"in_if":0,"out_if":5031,\
      "src_mac":"00:00:5e:00:53:01","dst_mac":"00:00:5e:00:53:02","src_vlan":0,"dst_vlan":0,\
      "vlan_id":0,"ip_tos":0,"forwarding_status":0,"ip_ttl":64,"ip_flags":2,"tcp_flags":16,\
      "icmp_type":0,"icmp_code":0,"ipv6_flow_label":0,"fragment_id":25350,"fragment_offset":0,\
      "src_as":0,"dst_as":0,"next_hop":"","next_hop_as":0,"src_net":"0.0.0.0/0",\
      "dst_net":"0.0.0.0/0","bgp_next_hop":"","bgp_communities":[],"as_path":[],"mpls_ttl":[],\
      "mpls_label":[],"mpls_ip":[],"observation_domain_id":0,"observation_point_id":0}
      """;

  private static final String ELASTIC_FLOW =
      "udp 192.0.2.80 3389 > 2001:db8::80 53 @ 1700000000123 = 684.0";

  @Test
  void thePageShowsTheseSettings() throws IOException {
    List<Map<String, String>> shown = new ArrayList<>();
    for (Page.Block block : Page.read("docs/layouts/flows.md").blocks()) {
      if (block.text().startsWith("\"")) {
        shown.add(
            new ObjectMapper()
                .readValue("{" + block.text() + "}", new TypeReference<Map<String, String>>() {}));
      }
    }
    assertThat(shown).containsExactly(GOFLOW2, NPROBE, ELASTIC);
  }

  @Test
  void readsTheJsonOfGoflow2() {
    assertThat(FlowReading.with(GOFLOW2).of(FROM_GOFLOW2).described())
        .containsExactly("TCP 192.0.2.38 16443 > 198.51.100.54 57444 @ 1700000000123 = 1518.0");
  }

  @Test
  void saysWhichFieldOfGoflow2IsWrong() {
    String arp =
        FROM_GOFLOW2
            .replace("192.0.2.38", "")
            .replace("198.51.100.54", "")
            .replace("\"TCP\"", "\"\"");
    assertThat(FlowReading.with(GOFLOW2).of(arp).reasons)
        .containsExactly(
            "src_addr (source_ip) must be an IP address.",
            "dst_addr (dest_ip) must be an IP address.",
            "proto (protocol) must be a whole number from 0 to 255, or a text that is not blank and"
                + " has at most 64 characters.");
  }

  @Test
  void keepsTheFlowsOfBothFamiliesOfNprobeApart() {
    String both =
        """
        [{"IN_BYTES":120,"IN_PKTS":2,"PROTOCOL":17,"L4_SRC_PORT":53,"IPV4_SRC_ADDR":"192.0.2.1",\
        "IPV6_SRC_ADDR":"::","L4_DST_PORT":4000,"IPV4_DST_ADDR":"198.51.100.1",\
        "IPV6_DST_ADDR":"::","FIRST_SWITCHED":1700000000,"LAST_SWITCHED":1700000001},
        {"IN_BYTES":80,"IN_PKTS":1,"PROTOCOL":58,"L4_SRC_PORT":0,"IPV4_SRC_ADDR":"0.0.0.0",\
        "IPV6_SRC_ADDR":"2001:db8::1","L4_DST_PORT":0,"IPV4_DST_ADDR":"0.0.0.0",\
        "IPV6_DST_ADDR":"2001:db8::2","FIRST_SWITCHED":1700000000,"LAST_SWITCHED":1700000000}]
        """;
    assertThat(FlowReading.with(NPROBE).of(both).described())
        .containsExactly(
            "17 192.0.2.1 53 > 198.51.100.1 4000 @ 1700000000000 = 120.0",
            "58 2001:db8::1 0 > 2001:db8::2 0 @ 1700000000000 = 80.0");
  }

  @Test
  void takesTheAddressOfTheElasticCommonSchemaBeforeAName() {
    String named =
        """
        {"@timestamp":"2023-11-14T22:13:20.123Z",\
        "source":{"address":"host.example","ip":"192.0.2.80","port":3389},\
        "destination":{"ip":"2001:DB8::80","port":53},\
        "network":{"transport":"udp","bytes":684}}
        """;
    assertThat(FlowReading.with(ELASTIC).of(named).described()).containsExactly(ELASTIC_FLOW);
  }

  @Test
  void readsTheNestedObjectsOfTheElasticCommonSchema() {
    String nested =
        """
        {"@timestamp":"2023-11-14T22:13:20.123Z","event":{"kind":"event","category":["network"]},\
        "source":{"address":"192.0.2.80","ip":"192.0.2.80","port":3389,"bytes":300},\
        "destination":{"address":"2001:DB8::80","port":53,"geo":{"address":"x"}},\
        "network":{"transport":"udp","iana_number":"17","bytes":684,"packets":4}}
        """;
    assertThat(FlowReading.with(ELASTIC).of(nested).described()).containsExactly(ELASTIC_FLOW);
  }

  @Test
  void readsTheSameNamesWrittenWithDots() {
    String dotted =
        """
        {"@timestamp":"2023-11-14T23:13:20.123+01:00","source.address":"192.0.2.80",\
        "source.port":3389,"destination.address":"2001:db8::80","destination.port":53,\
        "network.transport":"udp","network.bytes":684}
        """;
    assertThat(FlowReading.with(ELASTIC).of(dotted).described()).containsExactly(ELASTIC_FLOW);
  }

  @Test
  void readsTheAttributesOfOpenTelemetryBelowAnObject() {
    Map<String, String> settings =
        Map.of(
            "flows.field.source_ip", "attributes.source.address",
            "flows.field.dest_ip", "attributes.destination.address",
            "flows.field.source_port", "attributes.source.port",
            "flows.field.dest_port", "attributes.destination.port",
            "flows.field.protocol", "attributes.network.transport",
            "flows.field.timestamp", "timeUnixNano",
            "flows.field.value", "attributes.network.bytes",
            "timestamp.unit", "ns");
    String record =
        """
        {"timeUnixNano":"1700000000123456789","attributes":{"source.address":"192.0.2.80",\
        "source.port":3389,"destination.address":"2001:db8::80","destination.port":53,\
        "network.transport":"udp","network.bytes":684}}
        """;
    assertThat(FlowReading.with(settings).of(record).described()).containsExactly(ELASTIC_FLOW);
  }
}
