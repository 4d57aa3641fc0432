package io.datapoints.connect.fault;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;

/**
 * Records with nothing good in them in any layout, each as large as Kafka lets it be by default,
 * and each with a secret in its values.
 */
final class HostileRecords {

  /** What no log line may have. */
  static final String SECRET = "c4n4ry";

  private static final int SIZE = 900_000;
  private static final int MEGABYTE = 1_000_000;

  private HostileRecords() {}

  static List<byte[]> all() throws IOException {
    List<byte[]> records = new ArrayList<>();
    texts().forEach(text -> records.add(text.getBytes(UTF_8)));
    byte[] secret = ("{\"name\":{\"a\":\"" + SECRET + "\"}}").getBytes(UTF_8);
    byte[] compressed = gzip(secret, 1);
    records.add(gzip(" ".repeat(MEGABYTE).getBytes(UTF_8), 900));
    records.add(gzip(compressed, 1));
    records.add(Arrays.copyOf(compressed, compressed.length - 5));
    records.add(Arrays.copyOf(compressed, compressed.length + 1));
    records.add(emptyMembers());
    records.add(new String(secret, UTF_8).getBytes(UTF_16LE));
    for (int number = 0; number < 10; number++) {
      records.add(millionsOfPoints(number));
    }
    for (int malformed : new int[] {0x80, 0xC3, 0xED, 0xFF}) {
      byte[] bytes = secret.clone();
      bytes[10] = (byte) malformed;
      records.add(bytes);
    }
    return records;
  }

  private static List<String> texts() {
    String metric = "{\"name\":\"m\",\"tags\":{\"h\":\"a\"},\"datapoints\":[[1,\"" + SECRET + "\"]";
    return List.of(
        "[".repeat(SIZE),
        "{\"tags\":".repeat(SIZE / 8),
        "{\"value\":" + "[{\"a\":".repeat(SIZE / 6),
        "{\"value\":" + "9".repeat(SIZE),
        "{\"value\":1e999999999,\"timestamp\":-1e999999999,\"ttl\":\"" + SECRET + "\"}",
        "{\"name\":\"" + SECRET.repeat(SIZE / 6) + "\"}",
        "{\"name\":\"m\",\"tags\":{\"h\":\"" + SECRET.repeat(SIZE / 6) + "\"},\"value\":1}",
        "{\"name\":\"m\",\"tags\":{" + "\"t\":\"v\",".repeat(SIZE / 8) + "\"t\":\"v\"}}",
        "{\"name\":\"m\",\"tags\":{\"h\":\"a\"},\"datapoints\":[" + "0,".repeat(SIZE / 2) + "0]}",
        "[" + "{},".repeat(SIZE / 3) + "{}]",
        metric.replace("\"" + SECRET, "\"" + SECRET + "\",\"" + SECRET) + "]}",
        metric,
        SECRET,
        "\"" + SECRET + "\"",
        "{\"name\":\"a\\nERROR forged\\u001b[2J\",\"tags\":\"" + SECRET + "\"}",
        "{\"source_ip\":\"" + SECRET + "\",\"dest_ip\":[\"" + SECRET + "\"],\"name\":null}",
        "\u0000".repeat(1_000));
  }

  /** A few kilobytes, as many points as the limit of inflated bytes lets through. */
  private static byte[] millionsOfPoints(int number) throws IOException {
    String metric = "{\"name\":\"m" + number + "\",\"tags\":{\"h\":\"a\"},\"datapoints\":[";
    return gzip((metric + "[1,2],".repeat(2_700_000) + "[1,2]]}").getBytes(UTF_8), 1);
  }

  /** One good record, with a point of a series of its own for each of these hosts. */
  static byte[] ofHosts(List<String> hosts) throws IOException {
    String metrics =
        hosts.stream()
            .map(
                host ->
                    "{\"name\":\"m\",\"timestamp\":1,\"value\":1,\"tags\":{\"host\":\""
                        + host
                        + "\"}}")
            .collect(Collectors.joining(",", "[", "]"));
    return gzip(metrics.getBytes(UTF_8), 1);
  }

  private static byte[] emptyMembers() throws IOException {
    byte[] member = gzip(new byte[0], 1);
    ByteArrayOutputStream members = new ByteArrayOutputStream();
    for (int number = 0; number < SIZE / member.length; number++) {
      members.write(member);
    }
    return members.toByteArray();
  }

  private static byte[] gzip(byte[] bytes, int times) throws IOException {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (OutputStream stream = new GZIPOutputStream(compressed)) {
      for (int time = 0; time < times; time++) {
        stream.write(bytes);
      }
    }
    return compressed.toByteArray();
  }
}
