package io.datapoints.connect.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NetworkTest {

  private static final long END = 1_700_000_000_000L;
  private static final int FLOWS = 20_000;

  private final Network network = new Network(1, END, FLOWS);
  private final List<CollectedFlow> flows = history(network);

  @Test
  void noFlowReplacesAnother() {
    assertThat(flows).hasSize(FLOWS);
    assertThat(flows).extracting(CollectedFlow::timestamp).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void coversTheHour() {
    assertThat(flows)
        .extracting(CollectedFlow::timestamp)
        .allMatch(each -> each >= END - Duration.ofHours(1).toMillis() && each < END);
  }

  @Test
  void aFewPairsHaveMostOfTheTraffic() {
    Map<CollectedFlow.Pair, Integer> counts = new HashMap<>();
    flows.forEach(each -> counts.merge(each.pair(), 1, Integer::sum));
    int most = counts.values().stream().mapToInt(Integer::intValue).max().orElseThrow();

    assertThat(counts).hasSizeGreaterThan(300).containsEntry(network.busiest(), most);
    assertThat(most).isGreaterThan(FLOWS / 10);
  }

  @Test
  void hasEveryKindOfProtocolAndAddress() {
    assertThat(flows).extracting(each -> each.pair().protocol()).contains("tcp", "udp", "icmp");
    assertThat(flows).anyMatch(each -> each.pair().sourceIp().contains(":"));
    assertThat(flows)
        .filteredOn(each -> each.pair().protocol().equals("icmp"))
        .allMatch(each -> each.sourcePort() == 0 && each.destPort() == 0);
    assertThat(flows).allMatch(each -> each.sourcePort() <= 65_535 && each.bytes() > 0);
  }

  @Test
  void whatComesNowIsLaterThanWhatCameBefore() {
    List<CollectedFlow> present = new ArrayList<>(flows);
    present.addAll(network.live(END));
    present.addAll(network.live(END));
    present.addAll(network.live(END + 1_000));

    assertThat(present).extracting(CollectedFlow::timestamp).isSorted().doesNotHaveDuplicates();
    assertThat(present).last().extracting(CollectedFlow::timestamp).isEqualTo(END + 1_000);
  }

  @Test
  void isTheSameForTheSameSeed() {
    assertThat(history(new Network(1, END, FLOWS))).isEqualTo(flows);
    assertThat(history(new Network(2, END, FLOWS))).isNotEqualTo(flows);
  }

  @Test
  void refusesMoreFlowsThanInstants() {
    assertThatThrownBy(() -> new Network(1, END, 3_600_001))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void speaksTheLayoutsFieldNames() throws IOException {
    CollectedFlow first = flows.get(0);
    JsonNode json = new ObjectMapper().readTree(first.json());

    assertThat(json.fieldNames())
        .toIterable()
        .containsExactly(
            "source_ip", "dest_ip", "source_port", "dest_port", "protocol", "timestamp", "value");
    assertThat(json.path("timestamp").asLong()).isEqualTo(first.timestamp());
    assertThat(json.path("value").asLong()).isEqualTo(first.bytes());
  }

  private static List<CollectedFlow> history(Network network) {
    List<CollectedFlow> flows = new ArrayList<>();
    network.history(each -> flows.add((CollectedFlow) each));
    return flows;
  }
}
