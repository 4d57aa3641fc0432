package io.datapoints.connect.face;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.protocol.internal.util.Bytes;
import io.datapoints.connect.kairosdb.format.KairosFormatReader;
import io.datapoints.connect.model.Value.LongValue;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Records of one long point each, bad ones, and a count of what became rows. */
final class Records {

  static final long NOON = 1_700_000_000_000L;

  /** KairosDB's rule: a metric has a tag. */
  static final String BAD =
      "{\"name\":\"face\",\"timestamp\":1700000000000,\"value\":1,\"tags\":{}}";

  /** It lived for a minute, long ago; only {@code kairosdb.ttl.align} sees that. */
  static final String EXPIRED =
      "{\"name\":\"face\",\"timestamp\":1700000000000,\"value\":1,\"ttl\":60,"
          + "\"tags\":{\"host\":\"h0\"}}";

  static final String REASON = "tags count must be greater than or equal to 1.";

  private Records() {}

  /** A point whose value is its number, one millisecond after the point before it. */
  static String good(long number) {
    return "{\"name\":\"face\",\"timestamp\":%d,\"value\":%d,\"tags\":{\"host\":\"h%d\"}}"
        .formatted(NOON + number, number, number % 5);
  }

  static String[] good(int from, int to) {
    return IntStream.range(from, to).mapToObj(Records::good).toArray(String[]::new);
  }

  static long stored(CqlSession session, String keyspace) {
    return session.execute("SELECT count(*) FROM " + keyspace + ".data_points").one().getLong(0);
  }

  /** The values of the points that are stored. */
  static Set<Long> values(CqlSession session, String keyspace) {
    return session.execute("SELECT value FROM " + keyspace + ".data_points").all().stream()
        .map(row -> Bytes.getArray(row.getByteBuffer(0)))
        .map(bytes -> ((LongValue) KairosFormatReader.value("kairos_long", bytes)).value())
        .collect(Collectors.toSet());
  }

  /** Where the first task of a connector shows its figures. */
  static String bean(String connector) {
    return "kafka.connect:type=plugins,connector=" + connector + ",task=0";
  }
}
