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
 * Offsets that a user asks Connect to set (KIP-875). They live in Kafka alone, so that there is
 * nothing to alter here; what cannot have been meant is refused before Kafka is told.
 */
final class RequestedOffsets {

  private RequestedOffsets() {}

  /**
   * Refuses offsets that this connector would never read from. A null offset is a reset and may
   * concern a topic that the connector has left.
   *
   * @throws ConnectException naming the first partition at fault
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
