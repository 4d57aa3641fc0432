package io.datapoints.connect.quickstart;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * One flow as a collector sends it.
 *
 * @param pair who talks to whom over what
 * @param sourcePort 0 where the protocol has no ports
 * @param destPort 0 where the protocol has no ports
 * @param timestamp milliseconds since the epoch
 * @param bytes what was carried
 */
record CollectedFlow(Pair pair, int sourcePort, int destPort, long timestamp, long bytes)
    implements Message {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Two addresses and a protocol. */
  record Pair(String sourceIp, String destIp, String protocol) {}

  @Override
  public ProducerRecord<byte[], byte[]> record(String topic) {
    return new ProducerRecord<>(topic, key(), json());
  }

  byte[] key() {
    return (pair.sourceIp() + ">" + pair.destIp() + "/" + pair.protocol())
        .getBytes(StandardCharsets.UTF_8);
  }

  byte[] json() {
    return JSON.createObjectNode()
        .put("source_ip", pair.sourceIp())
        .put("dest_ip", pair.destIp())
        .put("source_port", sourcePort)
        .put("dest_port", destPort)
        .put("protocol", pair.protocol())
        .put("timestamp", timestamp)
        .put("value", bytes)
        .toString()
        .getBytes(StandardCharsets.UTF_8);
  }
}
