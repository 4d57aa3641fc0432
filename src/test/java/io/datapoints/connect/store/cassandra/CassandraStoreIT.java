package io.datapoints.connect.store.cassandra;

import static io.datapoints.connect.store.cassandra.TestStores.RECORD_TIME;
import static io.datapoints.connect.store.cassandra.TestStores.open;
import static io.datapoints.connect.store.cassandra.TestStores.point;
import static io.datapoints.connect.store.cassandra.TestStores.row;
import static io.datapoints.connect.store.cassandra.TestStores.series;
import static io.datapoints.connect.store.cassandra.TestStores.write;
import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.uuid.Uuids;
import io.datapoints.connect.config.KairosIndexConfig;
import io.datapoints.connect.kairosdb.format.ColumnUnit;
import io.datapoints.connect.kairosdb.format.RowKeyCodec;
import io.datapoints.connect.kairosdb.format.RowLayout;
import io.datapoints.connect.kairosdb.format.ValueCodec;
import io.datapoints.connect.kit.Cassandra;
import io.datapoints.connect.kit.Servers;
import io.datapoints.connect.kit.ServersExtension;
import io.datapoints.connect.model.DataPoint;
import io.datapoints.connect.model.Series;
import io.datapoints.connect.model.Value;
import io.datapoints.connect.store.HandSetClock;
import io.datapoints.connect.store.Outcome;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What lies in a real Cassandra after points were written, down to timestamps and lives. */
@ExtendWith(ServersExtension.class)
class CassandraStoreIT {

  private static final String KEYSPACE = "Store_IT";
  private static final Outcome DURABLE = Outcome.Durable.DURABLE;

  private final Cassandra cassandra;
  private CqlSession session;

  /** Each test has its own, since all share one keyspace. */
  private String metric;

  private Series series;

  CassandraStoreIT(Servers servers) {
    this.cassandra = servers.cassandra();
  }

  @BeforeEach
  void openSession(TestInfo test) {
    session = cassandra.session();
    metric = test.getTestMethod().orElseThrow().getName() + test.getDisplayName();
    series = series(metric, "host", "a");
  }

  @AfterEach
  void closeSession() {
    session.close();
  }

  @Test
  void everyPointIsStoredAsTheCodecsSay() {
    Series odd = series(metric, "host", "a", "dc:1", "x=y");
    List<DataPoint> points =
        List.of(
            point(odd, 1_500_000_000_000L, new Value.LongValue(-65), 0, RECORD_TIME),
            point(odd, 1_500_000_000_001L, new Value.DoubleValue(0.1), 0, RECORD_TIME + 1),
            point(odd, 1_500_000_000_002L, new Value.StringValue("a\0é"), 0, RECORD_TIME + 2),
            point(odd, -1, new Value.ComplexValue(1, -2), 0, RECORD_TIME + 3),
            point(odd, 0, new Value.BinaryValue(new byte[] {1, 2}), 0, RECORD_TIME + 4));
    try (CassandraStore store = opened()) {
      assertThat(write(store, points.toArray(DataPoint[]::new))).containsOnly(DURABLE);
    }
    RowLayout layout = RowLayout.of(ColumnUnit.MILLISECONDS);
    for (DataPoint point : points) {
      Row row = stored(layout, point);
      assertThat(row.getByteBuffer("value"))
          .isEqualTo(ByteBuffer.wrap(ValueCodec.encode(point.value())));
      assertThat(row.getLong("written")).isEqualTo(point.origin().timestamp());
      assertThat(row.isNull("life")).isTrue();
    }
  }

  /** The rule by which a buffer chooses is that of the server. */
  @ParameterizedTest
  @CsvSource({"5, 0, 9, 0", "9, 0, 5, 0", "-3, 0, 3, 0", "9, 0, 5, 600", "5, 600, 9, 0"})
  void ofTwoPointsOfOneMillisecondTheServerKeepsTheOneThatReplacesTheOther(
      long first, int firstLife, long second, int secondLife) {
    DataPoint earlier = point(series, 0, new Value.LongValue(first), firstLife, RECORD_TIME);
    DataPoint later = point(series, 0, new Value.LongValue(second), secondLife, RECORD_TIME);
    try (CassandraStore store = opened()) {
      assertThat(write(store, earlier)).containsExactly(DURABLE);
      assertThat(write(store, later)).containsExactly(DURABLE);
      DataPoint kept = row(store, later).replaces(row(store, earlier)) ? later : earlier;
      assertThat(stored(RowLayout.of(ColumnUnit.MILLISECONDS), kept).getByteBuffer("value"))
          .isEqualTo(ByteBuffer.wrap(ValueCodec.encode(kept.value())));
    }
  }

  @Test
  void aBatchHoldsManyPointsOfOnePartition() {
    DataPoint[] points = new DataPoint[500];
    for (int i = 0; i < points.length; i++) {
      points[i] = point(series, 1_500_000_000_000L + i, i);
    }
    try (CassandraStore store = opened()) {
      assertThat(write(store, points)).containsExactly(DURABLE);
    }
    assertThat(pointsAt(1_500_000_000_000L)).isEqualTo(500);
  }

  @Test
  void theIndexLeadsKairosdbToThePoint() {
    Series odd = series(metric, "host", "\uD83D\uDE00", "\uFF5E", "1", "\uD83D\uDE00", "2");
    long begun = System.currentTimeMillis();
    try (CassandraStore store = opened()) {
      assertThat(write(store, point(odd, 1_500_000_000_000L, 5))).containsExactly(DURABLE);
    }
    Row rowKey = rowKeys(1_498_694_400_000L).get(0);
    assertThat(rowKey.getString("table_name")).isEqualTo("data_points");
    assertThat(rowKey.getInstant("row_time")).isEqualTo(Instant.ofEpochMilli(1_498_694_400_000L));
    assertThat(rowKey.getString("data_type")).isEqualTo("kairos_long");
    assertThat(rowKey.getMap("tags", String.class, String.class))
        .isEqualTo(Map.of("host", "\uD83D\uDE00", "\uFF5E", "1", "\uD83D\uDE00", "2"));
    long written = rowKey.getLong("written");
    assertThat(rowKey.getUuid("mtime")).isEqualTo(Uuids.startOf(written));
    assertThat(rowKey.isNull("value")).isTrue();
    assertThat(written).as("the present").isBetween(begun, System.currentTimeMillis());
    Row time =
        session
            .execute(
                "SELECT * FROM %s.row_key_time_index WHERE metric = ?".formatted(quoted()), metric)
            .one();
    assertThat(time.getString("table_name")).isEqualTo("data_points");
    assertThat(time.getInstant("row_time")).isEqualTo(Instant.ofEpochMilli(1_498_694_400_000L));
    assertThat(metricNames()).contains(metric);
    assertThat(tagPairs()).noneMatch(pair -> pair.startsWith(metric));
  }

  @Test
  void configuredTagsAreIndexedToo() {
    Series tagged = series(metric, "host", "a", "dc", "b", "rack", "c");
    try (CassandraStore store = opened(TestStores.index(Map.of(metric, List.of("host", "dc"))))) {
      assertThat(write(store, point(tagged, 0, 5), point(series("other", "host", "a"), 0, 5)))
          .containsOnly(DURABLE);
    }
    assertThat(tagPairs()).containsExactlyInAnyOrder(metric + " host=a", metric + " dc=b");
    assertThat(rowKeys(0)).hasSize(1);
  }

  @Test
  void aReplayChangesNothing() {
    DataPoint first = point(series, 1_500_000_000_000L, new Value.LongValue(1), 0, RECORD_TIME);
    DataPoint second =
        point(series, 1_500_000_000_000L, new Value.LongValue(2), 0, RECORD_TIME + 1);
    try (CassandraStore store = opened()) {
      write(store, first);
      write(store, second);
    }
    List<String> before = everything();
    try (CassandraStore store = opened()) {
      write(store, first);
    }
    assertThat(everything()).isEqualTo(before);
    assertThat(stored(RowLayout.of(ColumnUnit.MILLISECONDS), second).getByteBuffer("value"))
        .isEqualTo(ByteBuffer.wrap(ValueCodec.encode(second.value())));
  }

  @Test
  void indexEntriesOutliveTheirPoints() {
    int width = RowLayout.of(ColumnUnit.MILLISECONDS).widthSeconds();
    try (CassandraStore store = opened()) {
      write(store, point(series, 0, new Value.LongValue(1), 1000, RECORD_TIME));
      assertThat(indexLife()).isBetween(width + 1, width + 1000);
      // An older record that has to live longer: Cassandra would keep the newer, shorter entry.
      int longLife = 3 * width;
      write(store, point(series, 1, new Value.LongValue(1), longLife, RECORD_TIME - 50));
      assertThat(indexLife()).isBetween(3 * width + 1000, 4 * width);
      write(store, point(series, 2, new Value.LongValue(1), 0, RECORD_TIME));
      assertThat(indexLife()).isZero();
      write(store, point(series, 3, new Value.LongValue(1), 1000, RECORD_TIME + 50));
      assertThat(indexLife()).isZero();
    }
    Row shortLived = stored(RowLayout.of(ColumnUnit.MILLISECONDS), point(series, 0, 1));
    assertThat(shortLived.getInt("life")).isBetween(1, 1000);
  }

  @Test
  void anIndexEntryThatKairosdbDeletedComesBack() {
    HandSetClock clock = new HandSetClock();
    try (CassandraStore store = opened(TestStores.index(), clock)) {
      write(store, point(series, 0, 1));
      session.execute(
          // The later of two writes of one millisecond is not known: it is the deletion here.
          ("DELETE FROM %s.row_keys USING TIMESTAMP %d"
                  + " WHERE metric = ? AND table_name = 'data_points' AND row_time = 0")
              .formatted(quoted(), System.currentTimeMillis()),
          metric);
      assertThat(rowKeys(0)).isEmpty();
      clock.forward(Duration.ofHours(1));
      write(store, point(series, 1, new Value.LongValue(1), 0, RECORD_TIME + 20));
      assertThat(rowKeys(0)).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource(ColumnUnit.class)
  void theSpecOfTheKeyspaceDecidesTheColumns(ColumnUnit unit) {
    RowLayout layout = RowLayout.of(unit);
    opened().close();
    spec(layout);
    DataPoint point = point(series, 1_500_000_000_123L, 5);
    try (CassandraStore store = opened()) {
      assertThat(write(store, point)).containsExactly(DURABLE);
    }
    assertThat(stored(layout, point).getByteBuffer("value"))
        .isEqualTo(ByteBuffer.wrap(ValueCodec.encode(point.value())));
    spec(RowLayout.of(ColumnUnit.MILLISECONDS));
  }

  private CassandraStore opened() {
    return opened(TestStores.index());
  }

  private CassandraStore opened(KairosIndexConfig index) {
    return opened(index, Clock.systemUTC());
  }

  private CassandraStore opened(KairosIndexConfig index, Clock clock) {
    CassandraStore store =
        TestStores.store(
            TestStores.connection(cassandra.contactPoint(), KEYSPACE, true), index, true, clock);
    assertThat(open(store)).isEqualTo(DURABLE);
    return store;
  }

  private static String quoted() {
    return '"' + KEYSPACE + '"';
  }

  private Row stored(RowLayout layout, DataPoint point) {
    long rowTime = layout.rowTime(point.timestamp());
    byte[] key =
        RowKeyCodec.encode(
            point.series().name(),
            rowTime,
            ValueCodec.dataType(point.value()),
            point.series().tags());
    ByteBuffer column = ByteBuffer.allocate(4).putInt(0, layout.column(point.timestamp()));
    Row row =
        session
            .execute(
                ("SELECT value, writetime(value) AS written, ttl(value) AS life"
                        + " FROM %s.data_points WHERE key = ? AND column1 = ?")
                    .formatted(quoted()),
                ByteBuffer.wrap(key),
                column)
            .one();
    assertThat(row).isNotNull();
    return row;
  }

  /** How many integers the row of this time has. */
  private int pointsAt(long timestamp) {
    long rowTime = RowLayout.of(ColumnUnit.MILLISECONDS).rowTime(timestamp);
    byte[] key = RowKeyCodec.encode(metric, rowTime, "kairos_long", series.tags());
    return session
        .execute(
            "SELECT column1 FROM %s.data_points WHERE key = ?".formatted(quoted()),
            ByteBuffer.wrap(key))
        .all()
        .size();
  }

  private List<Row> rowKeys(long rowTime) {
    return session
        .execute(
            ("SELECT table_name, row_time, data_type, tags, mtime, value,"
                    + " writetime(mtime) AS written, ttl(mtime) AS life FROM %s.row_keys"
                    + " WHERE metric = ? AND table_name = 'data_points' AND row_time = ?")
                .formatted(quoted()),
            metric,
            Instant.ofEpochMilli(rowTime))
        .all();
  }

  private List<String> tagPairs() {
    return session
        .execute("SELECT * FROM %s.tag_indexed_row_keys".formatted(quoted()))
        .map(row -> row.getString("metric") + " " + row.getString("single_tag_pair"))
        .all();
  }

  /** Seconds, 0 for ever. */
  private int indexLife() {
    Row row = rowKeys(0).get(0);
    return row.isNull("life") ? 0 : row.getInt("life");
  }

  private List<String> metricNames() {
    return session
        .execute(
            "SELECT column1 FROM %s.string_index WHERE key = ?".formatted(quoted()),
            ByteBuffer.wrap("metric_names".getBytes(StandardCharsets.UTF_8)))
        .map(row -> row.getString(0))
        .all();
  }

  private void spec(RowLayout layout) {
    Map.of("row_time_unit", layout.unit().name(), "row_width", Long.toString(layout.width()))
        .forEach(
            (name, value) ->
                session.execute(
                    "INSERT INTO %s.spec (spec_type, name, value) VALUES ('cluster_config', ?, ?)"
                        .formatted(quoted()),
                    name,
                    value));
  }

  /** All that is in the tables, with the write times of points. Index rows are written anew. */
  private List<String> everything() {
    return List.of(
            "SELECT JSON key, column1, value, writetime(value) FROM %s.data_points",
            "SELECT JSON key, column1, value FROM %s.string_index",
            "SELECT JSON metric, row_time, tags FROM %s.row_keys",
            "SELECT JSON * FROM %s.row_key_time_index",
            "SELECT JSON name, value, writetime(value) FROM %s.spec")
        .stream()
        .flatMap(cql -> session.execute(cql.formatted(quoted())).all().stream())
        .map(row -> row.getString(0))
        .toList();
  }
}
