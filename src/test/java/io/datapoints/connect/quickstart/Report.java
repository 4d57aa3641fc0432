package io.datapoints.connect.quickstart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.datapoints.connect.kit.KairosServer;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.TreeMap;
import java.util.stream.StreamSupport;

/** What the quickstart shows at its end. */
final class Report {

  private static final int CHART_HEIGHT = 7;

  private final PrintStream out;

  Report(PrintStream out) {
    this.out = out;
  }

  void counts(Counts counts) {
    out.println();
    counts.lines().forEach(out::println);
  }

  /** An hour of one series, averaged by the minute by KairosDB itself. */
  void chart(KairosServer kairos, long now) throws IOException {
    JsonNode result = kairos.query(query(now)).at("/queries/0");
    double[] values =
        StreamSupport.stream(result.at("/results/0/values").spliterator(), false)
            .mapToDouble(each -> each.path(1).asDouble())
            .toArray();
    out.println();
    out.printf(
        "  KairosDB: %s %s, average of each minute (%,d points)%n%n",
        History.CHARTED_METRIC,
        new TreeMap<>(History.CHARTED_TAGS),
        result.path("sample_size").asLong());
    Chart.draw(values, CHART_HEIGHT).forEach(line -> out.println("  " + line));
  }

  private static String query(long now) {
    ObjectNode query = new ObjectMapper().createObjectNode();
    query.put("start_absolute", now - Duration.ofHours(2).toMillis());
    query.put("end_absolute", now);
    ObjectNode metric = query.putArray("metrics").addObject();
    metric.put("name", History.CHARTED_METRIC);
    ObjectNode tags = metric.putObject("tags");
    History.CHARTED_TAGS.forEach((tag, value) -> tags.putArray(tag).add(value));
    ObjectNode average = metric.putArray("aggregators").addObject();
    average.put("name", "avg");
    average.putObject("sampling").put("value", 1).put("unit", "minutes");
    return query.toString();
  }

  void addresses(Stage stage, ConnectorFile connector) {
    out.println();
    out.println("  Kafka          " + stage.kafka().bootstrapServers());
    out.println(
        "  Kafka Connect  "
            + stage.worker().rest().root()
            + "/connectors/"
            + connector.name()
            + "/status");
    out.println(
        "  Cassandra      " + stage.cassandra().contactPoint() + ", " + connector.keyspace());
    out.println("  KairosDB       " + stage.kairos().root() + "/api/v1/metricnames");
  }
}
