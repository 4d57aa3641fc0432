package io.datapoints.connect.http.listener;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

class AddressLimitTest {

  private static String key(String address) throws UnknownHostException {
    return AddressLimit.key(new InetSocketAddress(InetAddress.getByName(address), 1234));
  }

  @Test
  void anAddressOfIpv6CountsWithItsNetwork() throws UnknownHostException {
    assertThat(key("2001:db8:1:2::1")).isEqualTo(key("2001:db8:1:2:ffff::2"));
    assertThat(key("2001:db8:1:2::1")).isNotEqualTo(key("2001:db8:1:3::1"));
  }

  @Test
  void anAddressOfIpv4CountsAlone() throws UnknownHostException {
    assertThat(key("10.0.0.1")).isEqualTo(key("10.0.0.1")).isNotEqualTo(key("10.0.0.2"));
  }
}
