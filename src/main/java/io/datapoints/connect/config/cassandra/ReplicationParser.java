package io.datapoints.connect.config.cassandra;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Parses a replication map as CREATE KEYSPACE has it: a CQL map literal, which is JSON except for
 * its single quotes. Nothing in the result needs escaping between quotes in CQL.
 */
final class ReplicationParser {

  private static final String CLASS = "class";
  private static final String FACTOR = "replication_factor";
  private static final Pattern OPTION = Pattern.compile("[A-Za-z0-9_.\\- ]+");

  /** The number of replicas, optionally followed by the number of transient ones among them. */
  private static final Pattern REPLICAS = Pattern.compile("[1-9]\\d{0,3}(/[1-9]\\d{0,3})?");

  private static final JsonMapper CQL =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private ReplicationParser() {}

  /**
   * Parses the map and keeps its order.
   *
   * @throws IllegalArgumentException if the server would reject it
   */
  static Map<String, String> parse(String text) {
    Map<String, String> replication = new LinkedHashMap<>();
    JsonNode node = read(text);
    if (!node.isObject()) {
      throw new IllegalArgumentException(
          "must be a CQL map such as {'class': 'SimpleStrategy', …}");
    }
    for (Map.Entry<String, JsonNode> option : node.properties()) {
      replication.put(name(option.getKey()), scalar(option.getKey(), option.getValue()));
    }
    check(replication);
    return Collections.unmodifiableMap(replication);
  }

  private static void check(Map<String, String> replication) {
    String strategy = replication.getOrDefault(CLASS, "");
    switch (strategy) {
      case "SimpleStrategy" -> {
        if (!replication.keySet().equals(Set.of(CLASS, FACTOR))) {
          throw new IllegalArgumentException("SimpleStrategy takes replication_factor, no more");
        }
      }
      case "NetworkTopologyStrategy" -> {
        if (replication.size() < 2) {
          throw new IllegalArgumentException(
              "NetworkTopologyStrategy needs the replicas of each data centre");
        }
      }
      default ->
          throw new IllegalArgumentException(
              "'class' must be SimpleStrategy or NetworkTopologyStrategy");
    }
    replication.forEach(
        (option, value) -> {
          if (!option.equals(CLASS) && !REPLICAS.matcher(value).matches()) {
            throw new IllegalArgumentException("the replicas of '" + option + "' are no number");
          }
        });
  }

  private static JsonNode read(String text) {
    try {
      return CQL.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("is no CQL map: " + e.getOriginalMessage(), e);
    }
  }

  private static String name(String option) {
    if (!OPTION.matcher(option).matches()) {
      throw new IllegalArgumentException("an option has characters that are not allowed");
    }
    return option;
  }

  private static String scalar(String option, JsonNode value) {
    if (!value.isTextual() && !value.isIntegralNumber()) {
      throw new IllegalArgumentException("'" + option + "' must be a text or a whole number");
    }
    return value.asText();
  }
}
