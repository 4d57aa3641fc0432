package io.datapoints.connect.config.mapping;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.sink.SinkConnector;

/**
 * The topics that the connector subscribes to by name. Each must have a mapping, unless transforms
 * may rename the topic of its records; a record that then has no mapping is a bad one.
 *
 * @param names the names in {@code topics}; empty if {@code topics.regex} selects them
 * @param renamed whether transforms may rename the topic of a record
 */
record SubscribedTopics(List<String> names, boolean renamed) {

  /** The setting of Connect that lists the transforms. */
  private static final String TRANSFORMS = "transforms";

  static SubscribedTopics of(Map<String, String> properties) {
    String topics = properties.getOrDefault(SinkConnector.TOPICS_CONFIG, "");
    return new SubscribedTopics(
        Arrays.stream(topics.split(",", -1))
            .map(String::strip)
            .filter(topic -> !topic.isEmpty())
            .toList(),
        !properties.getOrDefault(TRANSFORMS, "").isBlank());
  }

  /** The error if a topic has no mapping, given one key of each table. */
  Optional<String> problem(Collection<TableKey> tables) {
    return renamed ? Optional.empty() : unmapped(tables);
  }

  /** The warning if a topic has no mapping, but transforms may rename it. */
  Optional<String> warning(Collection<TableKey> tables) {
    return renamed
        ? unmapped(tables)
            .map(
                text ->
                    text
                        + "; each record of theirs that no transform gives the name of a topic with"
                        + " a mapping is a bad one")
        : Optional.empty();
  }

  private Optional<String> unmapped(Collection<TableKey> tables) {
    List<String> without =
        names.stream()
            .filter(topic -> tables.stream().noneMatch(table -> table.matches(topic)))
            .toList();
    return without.isEmpty()
        ? Optional.empty()
        : Optional.of("topics has some that no mapping is for: " + String.join(", ", without));
  }
}
