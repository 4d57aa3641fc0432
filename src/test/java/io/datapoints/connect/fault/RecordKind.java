package io.datapoints.connect.fault;

import io.datapoints.connect.pipeline.Contents;

/** The records of a workload: their number decides everything about them but the value. */
enum RecordKind {

  /** One long point each, spread over series; a bad one has no tags. */
  POINTS("kairosdb") {
    @Override
    String text(String metric, int number, int value, boolean bad, String padding) {
      String tags = "\"host\":\"h" + series(number) + "\",\"pad\":\"" + padding + "\"";
      return "{\"name\":\""
          + metric
          + "\",\"timestamp\":"
          + timestamp(number)
          + ",\"value\":"
          + value
          + ",\"tags\":{"
          + (bad ? "" : tags)
          + "}}";
    }

    @Override
    String key(int number) {
      return Contents.point("h" + series(number), timestamp(number));
    }
  },

  /** One flow each, spread over pairs of addresses; a bad one comes from a port there is not. */
  FLOWS("flows") {
    @Override
    String text(String metric, int number, int value, boolean bad, String padding) {
      return "{\"source_ip\":\""
          + sourceIp(number)
          + "\",\"dest_ip\":\"10.1.0.1\",\"source_port\":"
          + (bad ? 70_000 : sourcePort(number))
          + ",\"dest_port\":443,\"protocol\":\"tcp\",\"timestamp\":"
          + timestamp(number)
          + ",\"value\":"
          + value
          + ",\"pad\":\""
          + padding
          + "\"}";
    }

    @Override
    String key(int number) {
      return Contents.flow(
          sourceIp(number), "10.1.0.1", "tcp", timestamp(number), sourcePort(number), 443);
    }
  };

  private static final int SERIES = 50;
  private static final long FIRST_TIMESTAMP = 1_700_000_000_000L;

  private final String layout;

  RecordKind(String layout) {
    this.layout = layout;
  }

  /** The layout that these are records of. */
  String layout() {
    return layout;
  }

  /** The record of this number, which decides its key. */
  abstract String text(String metric, int number, int value, boolean bad, String padding);

  /** Where the value of a good one is found. */
  abstract String key(int number);

  static int series(int number) {
    return number % SERIES;
  }

  private static long timestamp(int number) {
    return FIRST_TIMESTAMP + number;
  }

  /** The number of the record that has this timestamp. */
  static int number(long timestamp) {
    return Math.toIntExact(timestamp - FIRST_TIMESTAMP);
  }

  private static String sourceIp(int number) {
    return "10.0.0." + series(number);
  }

  private static int sourcePort(int number) {
    return 1_024 + number % 1_000;
  }
}
