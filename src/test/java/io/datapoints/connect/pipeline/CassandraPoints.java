package io.datapoints.connect.pipeline;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.protocol.internal.util.Bytes;
import io.datapoints.connect.kairosdb.format.ColumnUnit;
import io.datapoints.connect.kairosdb.format.KairosFormatReader;
import io.datapoints.connect.kairosdb.format.RowLayout;
import io.datapoints.connect.model.Value.LongValue;
import java.nio.ByteBuffer;
import java.util.HashMap;
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
}
