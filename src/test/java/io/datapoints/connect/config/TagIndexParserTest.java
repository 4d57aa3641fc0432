package io.datapoints.connect.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TagIndexParserTest {

  @Test
  void aListIndexesAllTagsOfItsMetrics() {
    assertThat(tags("[\"m1\", \"a:b;c=d\"]"))
        .containsOnly(Map.entry("m1", List.of()), Map.entry("a:b;c=d", List.of()));
  }

  @Test
  void aStarStandsForEveryMetric() {
    assertThat(tags("[\"*\"]")).containsOnly(Map.entry("*", List.of()));
  }

  @Test
  void anObjectNamesTheTagsAndAStarOrNothingMeansAll() {
    assertThat(tags("{\"m1\": [\"host\", \"dc\"], \"m2\": [\"*\"], \"m3\": []}"))
        .containsOnly(
            Map.entry("m1", List.of("host", "dc")),
            Map.entry("m2", List.of()),
            Map.entry("m3", List.of()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{}"})
  void nothingIsIndexedWithoutANamedMetric(String text) {
    assertThat(tags(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "m1",
        "\"m1\"",
        "[1]",
        "[\"\"]",
        "[\"m1\"",
        "[\"m1\"] [\"m2\"]",
        "{\"m1\": \"host\"}",
        "{\"m1\": [null]}",
        "{\"\": []}",
        "{\"m1\": [], \"m1\": []}",
      })
  void refusesEverythingElse(String text) {
    assertThatThrownBy(() -> TagIndexParser.parse(text))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Map<String, List<String>> tags(String text) {
    return TagIndexParser.parse(text).tagsByMetric();
  }
}
