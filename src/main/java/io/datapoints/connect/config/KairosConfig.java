package io.datapoints.connect.config;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The settings of the kairosdb layout.
 *
 * @param extendedTypes whether text, complex and binary are data types too
 * @param strict whether the limits of {@code validation.rules=strict} apply as well
 * @param ttl how long points live
 * @param rowKeyCacheSize row keys whose index entries are remembered as written
 * @param rowKeyCacheExpiry after this time an index entry is written again even when it is
 *     remembered
 * @param tagIndex which tags of which metrics are indexed; empty for none
 * @param maxInflatedBytes bytes that a gzip value may inflate to at most
 */
public record KairosConfig(
    boolean extendedTypes,
    boolean strict,
    Ttl ttl,
    int rowKeyCacheSize,
    Duration rowKeyCacheExpiry,
    TagIndex tagIndex,
    int maxInflatedBytes) {

  /**
   * KairosDB's datapoint_ttl, force_default_datapoint_ttl and align_datapoint_ttl_with_timestamp.
   *
   * @param defaultSeconds seconds for a point without a ttl of its own, 0 for none
   * @param force whether the default replaces the points' own
   * @param align whether a ttl counts from the point's own time
   */
  public record Ttl(int defaultSeconds, boolean force, boolean align) {}

  /**
   * KairosDB's tag_indexed_row_key_lookup_metrics.
   *
   * @param tagsByMetric metric name, or {@code *} for every metric, to the indexed tags; an empty
   *     list stands for all tags
   */
  public record TagIndex(Map<String, List<String>> tagsByMetric) {}
}
