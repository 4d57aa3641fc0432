package io.datapoints.connect.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The texts that are IP addresses, and their canonical form. */
class IpAddressTest {

  @ParameterizedTest
  @CsvSource({
    "0.0.0.0, 0.0.0.0",
    "255.255.255.255, 255.255.255.255",
    "::, ::",
    "::1, ::1",
    "1::, 1::",
    "0:0:0:0:0:0:0:0, ::",
    "2001:DB8::0001, 2001:db8::1",
    "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
    "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
    "2001:db8::1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
    "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
    "1:2:3:4:5:6:7::, 1:2:3:4:5:6:7:0",
    "::2:3:4:5:6:7:8, 0:2:3:4:5:6:7:8",
    "1:0:0:4:0:0:7:8, 1::4:0:0:7:8",
    "1:2:3:4:5:6:0:0, 1:2:3:4:5:6::",
    "::ffff:192.0.2.1, 192.0.2.1",
    "::FFFF:C000:0201, 192.0.2.1",
    "0:0:0:0:0:ffff:0.0.0.0, 0.0.0.0",
    "::192.0.2.1, ::c000:201",
    "64:ff9b::192.0.2.33, 64:ff9b::c000:221",
    "1:2:3:4:5:6:255.254.253.252, 1:2:3:4:5:6:fffe:fdfc",
    "fe80::0:0:1, fe80::1"
  })
  void writesAddressesInOneForm(String text, String canonical) {
    assertThat(IpAddress.canonical(text)).isEqualTo(canonical);
    assertThat(IpAddress.canonical(canonical)).isEqualTo(canonical);
    byte[] bytes = IpAddress.bytes(text);
    assertThat(bytes).isNotNull();
    assertThat(IpAddress.text(ByteBuffer.wrap(bytes))).isEqualTo(canonical);
  }

  @Test
  void readsSixteenBytesOfAMappedAddressAsIpv4() {
    ByteBuffer bytes = ByteBuffer.allocate(20);
    bytes.position(12).put((byte) -1).put((byte) -1).put(new byte[] {(byte) 192, 0, 2, 1});
    assertThat(IpAddress.text(bytes.position(2).limit(18).slice())).isEqualTo("192.0.2.1");
    assertThat(IpAddress.text(bytes)).isEqualTo("192.0.2.1");
    assertThat(bytes.position()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 5, 15, 17})
  void takesFourBytesOrSixteen(int length) {
    assertThat(IpAddress.text(ByteBuffer.allocate(length))).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        ".",
        ":",
        ":::",
        "1",
        "1.2.3",
        "1.2.3.",
        "1.2.3.4.",
        ".1.2.3.4",
        "1.2.3.4.5",
        "1..3.4",
        "256.1.1.1",
        "1.2.3.1000",
        "1.2.3.04",
        "00.1.2.3",
        "1.2.3.-4",
        "1.2.3.+4",
        "0x1.2.3.4",
        " 1.2.3.4",
        "1.2.3.4 ",
        "1.2.3.4\n",
        "1.2.3.٤",
        "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9",
        "1:2:3:4:5:6:7:8::",
        "::1:2:3:4:5:6:7:8",
        "1:2:3:4::5:6:7:8",
        "1::2::3",
        "1:",
        ":1",
        "1:2:3:4:5:6:7:",
        ":2:3:4:5:6:7:8",
        "12345::",
        "g::",
        "::1.2.3",
        "::1.2.3.4.5",
        "::1.2.3.04",
        "::1.2.3.4:5",
        "1.2.3.4::",
        "1:2:3:4:5:6:7:1.2.3.4",
        "1:2:3:4:5:1.2.3.4",
        "1:2:3:4:5:6::1.2.3.4",
        "::1%eth0",
        "fe80::1%1",
        "[::1]",
        "::/0",
        "::1/128",
        "example.com",
        "localhost",
        "0000000000000000000000000000000000000000000001::"
      })
  void refusesEverythingElse(String text) {
    assertThat(IpAddress.canonical(text)).isNull();
  }

  @Test
  void agreesWithTheJdkAboutEveryAddressOfASeededGenerator() throws UnknownHostException {
    Random random = new Random(5952);
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = new byte[16];
      for (int group = 0; group < 8; group++) {
        if (random.nextInt(3) > 0) {
          bytes[2 * group] = (byte) (random.nextBoolean() ? random.nextInt() : 0);
          bytes[2 * group + 1] = (byte) random.nextInt();
        }
      }
      bytes[0] |= 0x20;
      String expanded = InetAddress.getByAddress(bytes).getHostAddress();
      String canonical = Objects.requireNonNull(IpAddress.canonical(expanded));
      assertThat(canonical).doesNotContain("::0:").doesNotContain(":::");
      assertThat(InetAddress.getByName(canonical).getAddress()).as(expanded).isEqualTo(bytes);
      assertThat(IpAddress.canonical(canonical)).isEqualTo(canonical);
    }
  }

  @Test
  void neverFailsOnATextOfTheSameCharacters() {
    Random random = new Random(4291);
    String alphabet = "0123456789abcdefABCDEF::::....%g";
    int addresses = 0;
    for (int i = 0; i < 200_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int length = random.nextInt(12); length > 0; length--) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      String canonical = IpAddress.canonical(text.toString());
      if (canonical != null) {
        addresses++;
        assertThat(IpAddress.canonical(canonical)).as(text.toString()).isEqualTo(canonical);
      }
    }
    assertThat(addresses).isPositive();
  }
}
