package io.datapoints.connect.benchmark;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.stream.IntStream;

/**
 * Flows between pairs of addresses, one a second for each pair, from ever other source ports. The
 * same content always has the same flows.
 *
 * @param name sets contents apart
 * @param pairs how many pairs of addresses there are
 * @param flowsPerPair how many flows each has
 */
record FlowContent(String name, int pairs, int flowsPerPair) implements TopicContent {

  private static final long FIRST_TIMESTAMP = 1_700_000_000_000L;

  @Override
  public int keys() {
    return pairs;
  }

  @Override
  public int recordsPerKey() {
    return flowsPerPair;
  }

  @Override
  public int rowsPerRecord() {
    return 1;
  }

  @Override
  public byte[] recordKey(int pair) {
    return (source(pair) + ">" + destination(pair)).getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public byte[] recordValue(int pair, int flow) {
    String json =
        "{\"source_ip\":\""
            + source(pair)
            + "\",\"dest_ip\":\""
            + destination(pair)
            + "\",\"source_port\":"
            + sourcePort(pair, flow)
            + ",\"dest_port\":443,\"protocol\":\"tcp\",\"timestamp\":"
            + (FIRST_TIMESTAMP + flow * 1_000L)
            + ",\"value\":"
            + bytes(pair, flow)
            + "}";
    return json.getBytes(StandardCharsets.US_ASCII);
  }

  /** For the table of the flows, or one like it. */
  RawRows raw(String table) {
    String[] sources = IntStream.range(0, pairs).mapToObj(this::source).toArray(String[]::new);
    String[] to = IntStream.range(0, pairs).mapToObj(this::destination).toArray(String[]::new);
    return new RawRows(
        "INSERT INTO "
            + table
            + " (source_ip, dest_ip, protocol, timestamp, source_port, dest_port, value)"
            + " VALUES (?, ?, 'tcp', ?, ?, 443, ?)",
        (pair, flow) ->
            new Object[] {
              sources[pair],
              to[pair],
              Instant.ofEpochMilli(FIRST_TIMESTAMP + flow * 1_000L),
              sourcePort(pair, flow),
              (double) bytes(pair, flow)
            });
  }

  String source(int pair) {
    return "10." + (pair >> 16 & 255) + "." + (pair >> 8 & 255) + "." + (pair & 255);
  }

  private static int sourcePort(int pair, int flow) {
    return 32_768 + (pair * 31 + flow * 17) % 28_232;
  }

  private static long bytes(int pair, int flow) {
    return (pair * 7_919L + flow * 104_729L) % 10_000_000;
  }

  String destination(int pair) {
    return "192.0.2." + pair % 250;
  }
}
