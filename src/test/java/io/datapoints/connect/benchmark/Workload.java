package io.datapoints.connect.benchmark;

import io.datapoints.connect.kairosdb.format.ColumnUnit;
import io.datapoints.connect.kairosdb.format.KairosNames;
import io.datapoints.connect.kairosdb.format.RowKeyCodec;
import io.datapoints.connect.kairosdb.format.RowLayout;
import io.datapoints.connect.kairosdb.format.ValueCodec;
import io.datapoints.connect.model.Tags;
import io.datapoints.connect.model.Value;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Points of interface counters, all of one row time: every series has a point each second. The same
 * workload always has the same points.
 *
 * @param metric name of the metric, which sets workloads apart; where there are several, the start
 *     of their names
 * @param metrics how many metrics the series belong to, each with a series of each port
 * @param series how many series there are
 * @param pointsPerSeries how many points each has
 * @param pointsPerRecord how many of them share a record, a divisor of the former
 */
public record Workload(
    String metric, int metrics, int series, int pointsPerSeries, int pointsPerRecord)
    implements TopicContent {

  static final RowLayout LAYOUT = RowLayout.of(ColumnUnit.MILLISECONDS);

  private static final int NO_TTL = 0;

  /** The start of a row, so that three weeks of points share it. */
  static final long ROW_TIME = LAYOUT.rowTime(1_700_000_000_000L);

  /** Refuses more points than a row holds. */
  public Workload {
    if (pointsPerSeries > LAYOUT.widthSeconds()) {
      throw new IllegalArgumentException(
          pointsPerSeries + " points a second apart do not fit one row");
    }
  }

  /** Of one metric. */
  public Workload(String metric, int series, int pointsPerSeries, int pointsPerRecord) {
    this(metric, 1, series, pointsPerSeries, pointsPerRecord);
  }

  private String metric(int series) {
    return metrics == 1 ? metric : metric + "." + series % metrics;
  }

  @Override
  public String name() {
    return metric;
  }

  @Override
  public int keys() {
    return series;
  }

  @Override
  public int recordsPerKey() {
    return pointsPerSeries / pointsPerRecord;
  }

  @Override
  public int rowsPerRecord() {
    return pointsPerRecord;
  }

  @Override
  public byte[] recordValue(int key, int number) {
    return record(key, number * pointsPerRecord);
  }

  long timestamp(int point) {
    return ROW_TIME + point * 1000L;
  }

  double value(int series, int point) {
    return cents(series, point) / 100.0;
  }

  /** The key of the row that holds every point of the series. */
  byte[] rowKey(int series) {
    Tags tags =
        Tags.of(
            Map.of(
                "host", host(series),
                "dc", dataCentre(series),
                "interface", port(series),
                "unit", "bits"));
    return RowKeyCodec.encode(metric(series), ROW_TIME, KairosNames.DOUBLE_TYPE, tags);
  }

  /** Series that differ in their metric only have the same key. */
  @Override
  public byte[] recordKey(int series) {
    return (host(series) + "/" + port(series)).getBytes(StandardCharsets.US_ASCII);
  }

  /** The record that starts with this point, as KairosDB's REST interface takes it. */
  public byte[] record(int series, int firstPoint) {
    StringBuilder json = new StringBuilder(180 + 24 * pointsPerRecord);
    json.append("{\"name\":\"").append(metric(series)).append('"');
    if (pointsPerRecord == 1) {
      json.append(",\"timestamp\":").append(timestamp(firstPoint)).append(",\"value\":");
      appendValue(json, cents(series, firstPoint));
    } else {
      json.append(",\"datapoints\":");
      for (int point = firstPoint; point < firstPoint + pointsPerRecord; point++) {
        json.append(point == firstPoint ? "[[" : ",[").append(timestamp(point)).append(',');
        appendValue(json, cents(series, point));
        json.append(']');
      }
      json.append(']');
    }
    json.append(",\"tags\":{\"host\":\"").append(host(series));
    json.append("\",\"dc\":\"").append(dataCentre(series));
    json.append("\",\"interface\":\"").append(port(series));
    json.append("\",\"unit\":\"bits\"}}");
    return json.toString().getBytes(StandardCharsets.US_ASCII);
  }

  private static void appendValue(StringBuilder json, long cents) {
    json.append(cents / 100).append('.').append(cents / 10 % 10).append(cents % 10);
  }

  private static long cents(int series, int point) {
    return (series * 7_919L + point * 104_729L) % 100_000_000;
  }

  private String host(int series) {
    return "edge-router-" + (1000 + series / metrics / 8) + ".example.net";
  }

  private String dataCentre(int series) {
    return "fra" + series / metrics / 8 % 4;
  }

  private String port(int series) {
    return "xe-0/0/" + series / metrics % 8;
  }

  /** The points one by one. */
  RawRows raw(String keyspace) {
    byte[][] keys = IntStream.range(0, series).mapToObj(this::rowKey).toArray(byte[][]::new);
    return new RawRows(
        "INSERT INTO "
            + keyspace
            + ".data_points (key, column1, value) VALUES (?, ?, ?) USING TTL ? AND TIMESTAMP ?",
        (key, point) ->
            new Object[] {
              ByteBuffer.wrap(keys[key]), column(point), bytes(key, point), NO_TTL, ROW_TIME
            });
  }

  private ByteBuffer column(int point) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(0, LAYOUT.column(timestamp(point)));
  }

  private ByteBuffer bytes(int series, int point) {
    return ByteBuffer.wrap(ValueCodec.encode(new Value.DoubleValue(value(series, point))));
  }
}
