package io.datapoints.connect.http.metrics;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * One metric, or one of several of the same name, with its value at any time.
 *
 * @param suffix what a part of a histogram has behind its name, such as {@code -count}
 * @param tags of closed sets, ordered by name; nothing of a payload
 * @param source answers on any thread, at once
 */
public record Reading(
    DoorMetric metric, String suffix, Map<String, String> tags, Supplier<Number> source) {

  public Reading {
    tags = Collections.unmodifiableMap(new TreeMap<>(tags));
  }

  /** A metric without tags. */
  public static Reading of(DoorMetric metric, Supplier<Number> source) {
    return new Reading(metric, "", Map.of(), source);
  }

  /** A metric with one tag. */
  public static Reading of(DoorMetric metric, String tag, String id, Supplier<Number> source) {
    return new Reading(metric, "", Map.of(tag, id), source);
  }

  /** The name, with the suffix. */
  String name() {
    return metric.metricName() + suffix;
  }

  Number now() {
    return source.get();
  }
}
