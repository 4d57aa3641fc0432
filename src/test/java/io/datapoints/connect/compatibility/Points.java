package io.datapoints.connect.compatibility;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.datapoints.connect.kit.Await;
import io.datapoints.connect.kit.KairosServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;

/** What a KairosDB answers about points, and points as its API takes them. */
public final class Points {

  private static final Duration BOUND = Duration.ofMinutes(2);
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Long before and after every timestamp of the tests. */
  private static final long FAR = 10_000_000_000_000L;

  private final KairosServer kairos;

  /** Of this server. */
  public Points(KairosServer kairos) {
    this.kairos = kairos;
  }

  /** A metric object with one tag and all these points. */
  static String metric(String name, String type, Map<Long, ?> points) {
    return metric(name, type, Map.of("host", "a"), points).toString();
  }

  /** A metric object; more fields may be put into it. */
  static ObjectNode metric(
      String name, String type, Map<String, String> tags, Map<Long, ?> points) {
    ObjectNode metric = JSON.createObjectNode().put("name", name).put("type", type);
    tags.forEach(metric.putObject("tags")::put);
    ArrayNode array = metric.putArray("datapoints");
    points.forEach((time, value) -> array.addArray().add(time).addPOJO(value));
    return metric;
  }

  /** As a producer may compress it. */
  static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  /** The points of a metric by time, each value as JSON. */
  public SortedMap<Long, String> of(String metric) throws IOException {
    return of(metric, Map.of());
  }

  /** Of those series of the metric that have these tags. */
  SortedMap<Long, String> of(String metric, Map<String, String> tags) throws IOException {
    SortedMap<Long, String> points = new TreeMap<>();
    kairos
        .query(query(metric, tags, -FAR, FAR))
        .at("/queries/0/results")
        .forEach(
            result ->
                result
                    .path("values")
                    .forEach(
                        point -> points.put(point.path(0).asLong(), point.path(1).toString())));
    return points;
  }

  /** The values of each tag of a metric. */
  public JsonNode tags(String metric) throws IOException {
    return kairos.queryTags(query(metric, Map.of(), -FAR, FAR)).at("/queries/0/results/0/tags");
  }

  /** Waits, since KairosDB writes and deletes in its own time. */
  void await(String what, String metric, Map<Long, String> expected) {
    Await.until(what, BOUND, () -> of(metric).equals(expected));
  }

  /** A query for a metric between two times, both included. */
  static String query(String metric, Map<String, String> tags, long start, long end) {
    ObjectNode query =
        JSON.createObjectNode().put("start_absolute", start).put("end_absolute", end);
    ObjectNode asked = query.putArray("metrics").addObject().put("name", metric);
    ObjectNode filter = asked.putObject("tags");
    tags.forEach((name, value) -> filter.putArray(name).add(value));
    return query.toString();
  }

  /** Points as {@link #of} answers them: a double without a fraction looks like a long. */
  static SortedMap<Long, String> asJson(Map<Long, ?> points) {
    SortedMap<Long, String> texts = new TreeMap<>();
    points.forEach((time, value) -> texts.put(time, json(value)));
    return texts;
  }

  private static String json(Object value) {
    try {
      String text = JSON.writeValueAsString(value);
      return value instanceof Double number && text.endsWith(".0")
          ? Long.toString(number.longValue())
          : text;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
