package io.datapoints.connect.config.mapping;

import io.datapoints.connect.mapping.Mapping;
import java.util.List;
import java.util.Set;

/** The mappings: which topics go to which tables or collections. */
public interface MappingConfig {

  /** The targets of a topic, always the same in the same order; empty without a mapping. */
  List<MappedTarget> targets(String topic);

  /**
   * The name under which the mapping of a topic is known: not its own if all topics share one
   * mapping.
   */
  default String mappedAs(String topic) {
    return topic;
  }

  /** The topics that settings name; others may match a pattern. */
  default Set<String> topics() {
    return Set.of();
  }

  /**
   * The mappings of all topics whose settings name this table or collection; not those that derive
   * its name from a topic.
   */
  default List<Mapping> mappings(String database, String table) {
    return List.of();
  }

  /** Warnings about valid mappings; the connector logs them once. */
  default List<String> warnings() {
    return List.of();
  }
}
