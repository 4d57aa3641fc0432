package io.datapoints.connect.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The keywords of protocol numbers. */
class ProtocolNumbersTest {

  @ParameterizedTest
  @CsvSource({
    "0, hopopt",
    "1, icmp",
    "6, tcp",
    "17, udp",
    "27, rdp",
    "33, dccp",
    "41, ipv6",
    "47, gre",
    "50, esp",
    "51, ah",
    "58, ipv6-icmp",
    "62, cftp",
    "70, visa",
    "80, iso-ip",
    "89, ospfigp",
    "94, ipip",
    "97, etherip",
    "103, pim",
    "108, ipcomp",
    "112, vrrp",
    "115, l2tp",
    "124, isis-over-ipv4",
    "132, sctp",
    "135, mobility-header",
    "136, udplite",
    "142, rohc",
    "146, homa"
  })
  void areThoseOfTheIanaRegistry(int number, String keyword) {
    assertThat(ProtocolNumbers.keyword(number)).isEqualTo(keyword);
  }

  @ParameterizedTest
  @ValueSource(ints = {61, 63, 68, 99, 114, 148, 252, 253, 254, 255})
  void areMissingWhereTheRegistryHasNone(int number) {
    assertThat(ProtocolNumbers.keyword(number)).isNull();
  }

  @Test
  void areAllDifferent() {
    assertThat(IntStream.range(0, 256).mapToObj(ProtocolNumbers::keyword).filter(Objects::nonNull))
        .doesNotHaveDuplicates()
        .allMatch(name -> name.matches("[a-z0-9][-+./a-z0-9]+"))
        .hasSize(148 - 5);
  }
}
