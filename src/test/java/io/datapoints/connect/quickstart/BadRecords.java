package io.datapoints.connect.quickstart;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** What producers really send now and then. Each of these is one record that no rule can save. */
final class BadRecords {

  private static final List<String> KINDS =
      List.of(
          "{\"name\": \"shop.cut.off\", \"timestamp\": 17000000",
          "not JSON at all",
          "{\"name\": \"\", \"timestamp\": 1700000000000, \"value\": 1, \"tags\": {\"host\": \"a\"}}",
          "{\"name\": \"shop.no.tags\", \"timestamp\": 1700000000000, \"value\": 1, \"tags\": {}}",
          "{\"name\": \"shop.no.value\", \"timestamp\": 1700000000000, \"tags\": {\"host\": \"a\"}}");

  private BadRecords() {}

  /** The kinds take turns. */
  static byte[] number(long index) {
    return KINDS.get((int) (index % KINDS.size())).getBytes(StandardCharsets.UTF_8);
  }
}
