package io.datapoints.connect.metrics;

import java.util.LinkedHashMap;
import java.util.function.Supplier;

/**
 * One metric, or one of several of the same name, with its value at any time.
 *
 * @param id the value of the metric's tag, empty for a metric without one
 * @param source answers on any thread, at once
 */
record MetricValue(Metric metric, String id, Supplier<Number> source) {

  Number now() {
    return source.get();
  }

  /** The metric's own tag in the object name, if it has one. */
  LinkedHashMap<String, String> tags() {
    LinkedHashMap<String, String> tags = new LinkedHashMap<>();
    metric.tag().ifPresent(tag -> tags.put(tag.key(), id));
    return tags;
  }
}
