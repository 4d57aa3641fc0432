package io.datapoints.connect.config.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContactPointParserTest {

  @ParameterizedTest
  @CsvSource({
    "cassandra, cassandra:9042",
    "node-1.example.org:19042, node-1.example.org:19042",
    "10.0.0.1, 10.0.0.1:9042",
    "[::1], [::1]:9042",
    "[2001:db8::1]:65535, [2001:db8::1]:65535",
    "[fe80::1%eth0]:1, [fe80::1%eth0]:1",
  })
  void completesAnAddress(String written, String complete) {
    assertThat(ContactPointParser.parse(written)).isEqualTo(complete);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ":9042", "host:", "host:x", "host:0", "host:65536", "::1", "[::1", "a b"})
  void refusesWhatIsNoAddress(String written) {
    assertThatThrownBy(() -> ContactPointParser.parse(written))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
