package io.datapoints.connect;

import java.util.Arrays;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.SinkConnector;
import org.apache.kafka.connect.sink.SinkTask;
import org.jspecify.annotations.Nullable;

/**
 * Checks the offsets that a user asks Connect to set (KIP-875). Offsets are stored in Kafka alone,
 * so the connector alters nothing; it rejects offsets that must be a mistake.
 */
final class RequestedOffsets {

  private RequestedOffsets() {}

  /**
   * Rejects negative offsets, and topics that the connector does not read. A null offset is a
   * reset, which a topic that the connector no longer reads may need too.
   *
   * @throws ConnectException that names the first invalid partition
   */
  static void check(Map<String, String> connectorConfig, Map<TopicPartition, Long> offsets) {
    offsets.forEach(
        (partition, offset) -> {
          if (offset == null) {
            return;
          }
          if (offset < 0) {
            throw new ConnectException("The offset of " + partition + " must not be negative");
          }
          if (!reads(connectorConfig, partition.topic())) {
            throw new ConnectException(
                "The connector does not read " + partition.topic() + ": see its topics setting");
          }
        });
  }

  private static boolean reads(Map<String, String> connectorConfig, String topic) {
    @Nullable String topics = connectorConfig.get(SinkConnector.TOPICS_CONFIG);
    @Nullable String regex = connectorConfig.get(SinkTask.TOPICS_REGEX_CONFIG);
    boolean listed =
        topics != null
            && Arrays.stream(topics.split(",", -1)).map(String::strip).anyMatch(topic::equals);
    return listed || (regex != null && Pattern.compile(regex).matcher(topic).matches());
  }
}
