package io.datapoints.connect.config;

import java.util.List;

/** The settings of the table layout: which topics go to which tables or collections. */
public interface MappingConfig {

  /**
   * The targets of a topic, always the same and in the same order; empty for a topic without any.
   */
  List<MappedTarget> targets(String topic);

  /** What the user should know about the mappings, though they are valid; to be logged once. */
  default List<String> warnings() {
    return List.of();
  }
}
