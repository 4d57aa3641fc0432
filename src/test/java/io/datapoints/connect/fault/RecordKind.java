package io.datapoints.connect.fault;

import io.datapoints.connect.pipeline.Contents;

/** The records of a workload: their number decides everything about them but the value. */
enum RecordKind {

  /** One long point each, spread over series; a bad one has no tags. */
  POINTS("kairosdb", 50),

  /** One flow each, spread over pairs of addresses; a bad one comes from a port there is not. */
  FLOWS("flows", 50),

  /** Points of so many series that a batch of one partition has a row or two. */
  SCATTERED_POINTS("kairosdb", 5_000),

  /** Flows of as many pairs. */
  SCATTERED_FLOWS("flows", 5_000);

  private static final long FIRST_TIMESTAMP = 1_700_000_000_000L;

  private final String layout;
  private final int series;

  RecordKind(String layout, int series) {
    this.layout = layout;
    this.series = series;
  }

  /** The layout that these are records of. */
  String layout() {
    return layout;
  }

  /** Over how many series or pairs they are spread, by turns. */
  int series() {
    return series;
  }

  /** Whether they are flows; otherwise they are points. */
  boolean isFlows() {
    return layout.equals("flows");
  }

  /** The record of this number, which decides its key. */
  String text(String metric, int number, int value, boolean bad, String padding) {
    return isFlows()
        ? flow(number, value, bad, padding)
        : point(metric, number, value, bad, padding);
  }

  private String point(String metric, int number, int value, boolean bad, String padding) {
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

  private String flow(int number, int value, boolean bad, String padding) {
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

  /** Where the value of a good one is found. */
  String key(int number) {
    return isFlows()
        ? Contents.flow(
            sourceIp(number), "10.1.0.1", "tcp", timestamp(number), sourcePort(number), 443)
        : Contents.point("h" + series(number), timestamp(number));
  }

  /** The number of the series or pair. */
  int series(int number) {
    return number % series;
  }

  private static long timestamp(int number) {
    return FIRST_TIMESTAMP + number;
  }

  /** The number of the record that has this timestamp. */
  static int number(long timestamp) {
    return Math.toIntExact(timestamp - FIRST_TIMESTAMP);
  }

  private String sourceIp(int number) {
    return "10.0." + series(number) / 250 + "." + series(number) % 250;
  }

  private static int sourcePort(int number) {
    return 1_024 + number % 1_000;
  }
}
