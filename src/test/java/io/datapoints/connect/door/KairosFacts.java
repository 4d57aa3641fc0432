package io.datapoints.connect.door;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.http.HttpClient;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/** The points that a KairosDB has of some metrics. */
final class KairosFacts {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  private final HttpClient client;
  private final String root;

  /**
   * @param root of a KairosDB that answers queries
   */
  KairosFacts(HttpClient client, String root) {
    this.client = client;
    this.root = root;
  }

  /** What is said of them, as {@link Fact} puts it. */
  Set<String> of(Collection<String> metrics) throws IOException {
    ObjectNode query = JSON.createObjectNode();
    query.put("start_absolute", Long.MIN_VALUE / 2).put("end_absolute", Long.MAX_VALUE);
    ArrayNode asked = query.putArray("metrics");
    metrics.forEach(metric -> asked.addObject().put("name", metric).putObject("tags"));
    Answer answer =
        Request.json(query.toString()).path(Request.DATAPOINTS + "/query").to(client, root);
    if (answer.status() != 200) {
      throw new IOException(answer.status() + ": " + answer.body());
    }
    Set<String> facts = new HashSet<>();
    for (JsonNode each : JSON.readTree(answer.body()).path("queries")) {
      each.path("results").forEach(result -> add(result, facts));
    }
    return facts;
  }

  private static void add(JsonNode result, Set<String> facts) {
    String metric = result.path("name").asText();
    for (JsonNode point : result.path("values")) {
      JsonNode value = point.path(1);
      String text = value.isNumber() ? Fact.number(value.asText()) : Fact.text(value.asText());
      facts.add(Fact.point(metric, point.path(0).asLong(), text));
    }
    result
        .path("tags")
        .properties()
        .forEach(
            tag ->
                tag.getValue()
                    .forEach(value -> facts.add(Fact.tag(metric, tag.getKey(), value.asText()))));
  }
}
