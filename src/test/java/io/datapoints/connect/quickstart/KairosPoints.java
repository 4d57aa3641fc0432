package io.datapoints.connect.quickstart;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.datapoints.connect.kit.KairosServer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.StreamSupport;

/** The points in KairosDB's tables: counted without KairosDB, and shown by it. */
final class KairosPoints implements Holdings {

  private final CqlSession session;
  private final String keyspace;
  private final KairosServer kairos;

  KairosPoints(CqlSession session, String keyspace, KairosServer kairos) {
    this.session = session;
    this.keyspace = keyspace;
    this.kairos = kairos;
  }

  /**
   * How many points there are, those left out with which KairosDB counts its own work in the same
   * table.
   */
  @Override
  public long count() {
    String table = CqlIdentifier.fromInternal(keyspace).asCql(true) + ".data_points";
    long points = 0;
    for (Row partition : session.execute("SELECT key, count(*) FROM " + table + " GROUP BY key")) {
      ByteBuffer key = partition.getByteBuffer(0);
      if (key != null && !metric(key).startsWith("kairosdb.")) {
        points += partition.getLong(1);
      }
    }
    return points;
  }

  /** The metric's name, with which a row key begins; a zero byte ends it. */
  static String metric(ByteBuffer key) {
    int end = key.position();
    while (end < key.limit() && key.get(end) != 0) {
      end++;
    }
    return StandardCharsets.UTF_8.decode(key.duplicate().limit(end)).toString();
  }

  /** An hour of one series, averaged by the minute by KairosDB itself. */
  @Override
  public List<String> answer(long now) throws IOException {
    JsonNode result = kairos.query(query(now)).at("/queries/0");
    double[] values =
        StreamSupport.stream(result.at("/results/0/values").spliterator(), false)
            .mapToDouble(each -> each.path(1).asDouble())
            .toArray();
    List<String> lines = new ArrayList<>();
    lines.add(
        "KairosDB: %s %s, average of each minute (%,d points)"
            .formatted(
                History.CHARTED_METRIC,
                new TreeMap<>(History.CHARTED_TAGS),
                result.path("sample_size").asLong()));
    lines.add("");
    lines.addAll(Chart.draw(values));
    return lines;
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
}
