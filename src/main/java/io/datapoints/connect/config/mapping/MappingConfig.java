package io.datapoints.connect.config.mapping;

import io.datapoints.connect.mapping.Mapping;
import java.util.List;
import java.util.Set;

/** The settings of the table layout: which topics go to which tables or collections. */
public interface MappingConfig {

  /**
   * The targets of a topic, always the same and in the same order; empty for a topic without any.
   */
  List<MappedTarget> targets(String topic);

  /**
   * The name under which the records of a topic are mapped: another one than its own where all
   * topics share a mapping.
   */
  default String mappedAs(String topic) {
    return topic;
  }

  /** The topics that are mapped by their names; others may match a pattern. */
  default Set<String> topics() {
    return Set.of();
  }

  /**
   * The mappings whose settings name this table or collection, whatever their topics; not those
   * that find its name in the name of a topic.
   */
  default List<Mapping> mappings(String database, String table) {
    return List.of();
  }

  /** What the user should know about the mappings, though they are valid; to be logged once. */
  default List<String> warnings() {
    return List.of();
  }
}
