package io.datapoints.connect.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.datapoints.connect.config.KairosIndexConfig.TagIndex;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Parses the value of KairosDB's tag_indexed_row_key_lookup_metrics: a list of metric names, or an
 * object of metric names and lists of tag names. The value is JSON because a metric name may
 * contain any character.
 */
final class TagIndexParser {

  private static final String EVERYTHING = "*";
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private TagIndexParser() {}

  /**
   * Parses the value.
   *
   * @throws IllegalArgumentException if the text has neither form
   */
  static TagIndex parse(String text) {
    JsonNode node = read(text);
    Map<String, List<String>> tagsByMetric = new LinkedHashMap<>();
    if (node.isArray()) {
      strings(node).forEach(metric -> tagsByMetric.put(metric, List.of()));
    } else if (node.isObject()) {
      node.properties().forEach(entry -> tagsByMetric.put(entry.getKey(), tags(entry.getValue())));
    } else if (!node.isMissingNode()) {
      throw new IllegalArgumentException("must be a JSON list or object");
    }
    if (tagsByMetric.containsKey("")) {
      throw new IllegalArgumentException("a metric name must not be empty");
    }
    return new TagIndex(Collections.unmodifiableMap(tagsByMetric));
  }

  private static JsonNode read(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("is not valid JSON: " + e.getOriginalMessage(), e);
    }
  }

  private static List<String> tags(JsonNode node) {
    List<String> tags = strings(node);
    return tags.contains(EVERYTHING) ? List.of() : List.copyOf(tags);
  }

  private static List<String> strings(JsonNode node) {
    if (!node.isArray()) {
      throw new IllegalArgumentException("the tags of a metric must be a JSON list");
    }
    List<String> strings = new ArrayList<>();
    for (JsonNode element : node) {
      if (!element.isTextual() || element.textValue().isEmpty()) {
        throw new IllegalArgumentException("names must be texts that are not empty");
      }
      strings.add(element.textValue());
    }
    return strings;
  }
}
