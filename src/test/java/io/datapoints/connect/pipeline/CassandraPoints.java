package io.datapoints.connect.pipeline;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.protocol.internal.util.Bytes;
import io.datapoints.connect.kairosdb.format.ColumnUnit;
import io.datapoints.connect.kairosdb.format.KairosFormatReader;
import io.datapoints.connect.kairosdb.format.RowLayout;
import io.datapoints.connect.model.Value;
import io.datapoints.connect.model.Value.DoubleValue;
import io.datapoints.connect.model.Value.LongValue;
import io.datapoints.connect.model.Value.StringValue;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The long points of a KairosDB keyspace.
 *
 * @param session stays the caller's
 */
public record CassandraPoints(CqlSession session, String keyspace) implements Contents {

  private static final RowLayout LAYOUT = RowLayout.of(ColumnUnit.MILLISECONDS);

  @Override
  public Map<String, Long> read() {
    Map<String, Long> points = new HashMap<>();
    session
        .execute("SELECT key, column1, value FROM \"" + keyspace + "\".data_points")
        .forEach(
            row -> {
              KairosFormatReader.RowKey key =
                  KairosFormatReader.rowKey(Bytes.getArray(row.getByteBuffer(0)));
              int column = ByteBuffer.wrap(Bytes.getArray(row.getByteBuffer(1))).getInt();
              LongValue value =
                  (LongValue)
                      KairosFormatReader.value(
                          key.dataType(), Bytes.getArray(row.getByteBuffer(2)));
              points.put(
                  Contents.point(
                      key.tags().value(0),
                      KairosFormatReader.timestamp(LAYOUT, key.rowTime(), column)),
                  value.value());
            });
    return points;
  }

  /** The points of a metric, each as time, type and value, in this order. */
  public static List<String> described(CqlSession session, String keyspace, String metric) {
    record Point(long time, String type, Value value) {}
    List<Point> points = new ArrayList<>();
    session
        .execute("SELECT key, column1, value FROM \"" + keyspace + "\".data_points")
        .forEach(
            row -> {
              KairosFormatReader.RowKey key =
                  KairosFormatReader.rowKey(Bytes.getArray(row.getByteBuffer(0)));
              int column = ByteBuffer.wrap(Bytes.getArray(row.getByteBuffer(1))).getInt();
              if (key.metric().equals(metric)) {
                points.add(
                    new Point(
                        KairosFormatReader.timestamp(LAYOUT, key.rowTime(), column),
                        key.dataType().substring("kairos_".length()),
                        KairosFormatReader.value(
                            key.dataType(), Bytes.getArray(row.getByteBuffer(2)))));
              }
            });
    return points.stream()
        .sorted(Comparator.comparingLong(Point::time).thenComparing(Point::type))
        .map(point -> point.time() + " " + point.type() + " " + text(point.value()))
        .toList();
  }

  private static Object text(Value value) {
    if (value instanceof LongValue number) {
      return number.value();
    }
    return value instanceof DoubleValue number ? number.value() : ((StringValue) value).value();
  }
}
