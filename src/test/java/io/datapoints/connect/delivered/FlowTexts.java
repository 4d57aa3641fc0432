package io.datapoints.connect.delivered;

import java.util.stream.IntStream;

/** Records of the flows layout, and of collectors that name their fields in other ways. */
final class FlowTexts {

  static final long NOON = 1_700_000_000_000L;

  private FlowTexts() {}

  /** A flow under the names of the columns. */
  static String flow(int number, double value) {
    return """
        {"source_ip": "10.0.0.%d", "dest_ip": "2001:db8::1", "source_port": %d, "dest_port": 443,
         "protocol": "tcp", "timestamp": %d, "value": %s}
        """
        .formatted(number % 8, 1_024 + number % 3, NOON + number / 2, value);
  }

  static String[] flows(int count, double value) {
    return IntStream.range(0, count)
        .mapToObj(number -> flow(number, value + number))
        .toArray(String[]::new);
  }

  /** The same flow with one field replaced by another JSON value. */
  static String with(String field, String json) {
    return flow(0, 1).replaceFirst("\"" + field + "\": [^,}]*", "\"" + field + "\": " + json);
  }

  /** As the collector goflow2 writes one. */
  static final String GOFLOW2 =
      """
      {"type": "NETFLOW_V9", "time_received_ns": 1700000000123456789, "sequence_num": 7,
       "sampling_rate": 0, "sampler_address": "192.0.2.7", "bytes": 1500, "packets": 2,
       "src_addr": "198.51.100.4", "dst_addr": "203.0.113.9", "etype": "IPv4", "proto": "TCP",
       "src_port": 51234, "dst_port": 443, "in_if": 3, "out_if": 4}
      """;

  /** Under the attribute names of OpenTelemetry, some of them flat and some nested. */
  static final String TELEMETRY =
      """
      {"source.address": "198.51.100.4", "source": {"port": 51234},
       "destination": {"address": "203.0.113.9", "port": 443},
       "network": {"transport": "tcp"}, "time": "2023-11-14T22:13:20.123Z", "bytes": 1500}
      """;
}
