package io.datapoints.connect.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HistoryTest {

  private static final long END = 1_700_000_000_000L;

  private final List<Point> points = points(1, 3_100);

  @Test
  void completesItsLastStep() {
    assertThat(points).hasSize(3_300).hasSize(new History(1, END, 3_100).size());
    assertThat(new History(1, END, 200_000).size()).isEqualTo(200_100);
  }

  @Test
  void noPointReplacesAnother() {
    Set<String> distinct = new HashSet<>();
    Set<String> series = new HashSet<>();
    for (Point each : points) {
      String key = new String(each.key(), StandardCharsets.UTF_8);
      distinct.add(key + "@" + each.timestamp());
      series.add(key);
    }
    assertThat(distinct).hasSameSizeAs(points);
    assertThat(series).hasSize(History.SERIES);
  }

  @Test
  void coversTheHourInOrder() {
    assertThat(points)
        .extracting(Point::timestamp)
        .isSorted()
        .allMatch(each -> each >= END - Duration.ofHours(1).toMillis() && each < END);
  }

  @Test
  void hasEveryTypeOfValueAndTimesToLive() {
    assertThat(points)
        .anyMatch(each -> each.value().isLong())
        .anyMatch(each -> each.value().isDouble())
        .anyMatch(each -> each.value().isTextual());
    assertThat(points).extracting(Point::ttl).contains(0, 86_400, 604_800);
  }

  @Test
  void countersNeverFall() {
    List<Point> counter =
        points.stream()
            .filter(each -> each.name().equals("shop.requests"))
            .filter(each -> each.tags().equals(History.CHARTED_TAGS))
            .toList();
    assertThat(counter).hasSize(11);
    assertThat(counter).extracting(each -> each.value().longValue()).isSorted();
  }

  @Test
  void isTheSameForTheSameSeed() {
    assertThat(points(1, 3_100)).isEqualTo(points);
    assertThat(points(2, 3_100)).isNotEqualTo(points);
  }

  @Test
  void speaksKairosDbsFormat() throws IOException {
    Point first = points.get(0);
    JsonNode json = new ObjectMapper().readTree(first.json());
    assertThat(json.path("name").asText()).isEqualTo("shop.latency.ms");
    assertThat(json.path("timestamp").asLong()).isEqualTo(first.timestamp());
    assertThat(json.path("value").isDouble()).isTrue();
    assertThat(json.path("ttl").asInt()).isEqualTo(604_800);
    assertThat(json.path("tags").toString()).isEqualTo("{\"host\":\"web-01\",\"route\":\"/\"}");
  }

  private static List<Point> points(long seed, int atLeast) {
    List<Point> points = new ArrayList<>();
    new History(seed, END, atLeast).forEach(points::add);
    return points;
  }
}
