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

/** The names of fields in their several forms, and the settings of docs/layouts/flows.md. */
class CollectorFormatsTest {

  /** Without its filter, since these records show the paths alone. */
  private static final Map<String, String> GOFLOW2 =
      Map.of("flows.preset", "goflow2", "flows.filter", "");

  private static final Map<String, String> ELASTIC =
      Map.of("flows.preset", "ecs", "flows.filter", "", "flows.field.value", "network.bytes");

  private static final Map<String, String> OPEN_TELEMETRY =
      Map.of(
          "flows.field.source_ip", "attributes.source.address",
          "flows.field.dest_ip", "attributes.destination.address",
          "flows.field.source_port", "attributes.source.port",
          "flows.field.dest_port", "attributes.destination.port",
          "flows.field.protocol", "attributes.network.transport",
          "flows.field.timestamp", "timeUnixNano",
          "flows.field.value", "attributes.network.bytes",
          "timestamp.unit", "ns");

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
    assertThat(shown).containsExactly(OPEN_TELEMETRY);
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
    String record =
        """
        {"timeUnixNano":"1700000000123456789","attributes":{"source.address":"192.0.2.80",\
        "source.port":3389,"destination.address":"2001:db8::80","destination.port":53,\
        "network.transport":"udp","network.bytes":684}}
        """;
    assertThat(FlowReading.with(OPEN_TELEMETRY).of(record).described())
        .containsExactly(ELASTIC_FLOW);
  }
}
