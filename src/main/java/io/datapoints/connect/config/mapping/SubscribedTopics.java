package io.datapoints.connect.config.mapping;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.sink.SinkConnector;

/**
 * The topics that are read by their names, and whether each has a table. One without is a mistake,
 * unless a transform may give its records another name; a record that then has no mapping is a bad
 * one.
 *
 * @param names as in {@code topics}; empty where a pattern chooses them
 * @param renamed whether transforms may give their records other names
 */
record SubscribedTopics(List<String> names, boolean renamed) {

  /** Connect's own setting. */
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

  /** What is wrong with them, with one key of each table. */
  Optional<String> problem(Collection<TableKey> tables) {
    return renamed ? Optional.empty() : unmapped(tables);
  }

  /** What the user should know, though it may be as meant. */
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
