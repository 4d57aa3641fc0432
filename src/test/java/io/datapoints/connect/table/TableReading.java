package io.datapoints.connect.table;

import io.datapoints.connect.config.mapping.MappedTarget;
import io.datapoints.connect.config.mapping.MappedTarget.CassandraOptions;
import io.datapoints.connect.config.mapping.MappedTarget.Options;
import io.datapoints.connect.mapping.Times;
import io.datapoints.connect.mapping.TimestampUnit;
import io.datapoints.connect.mapping.parser.MappingParser;
import io.datapoints.connect.model.MappedRecord;
import io.datapoints.connect.model.RecordOrigin;
import io.datapoints.connect.model.Rule;
import io.datapoints.connect.model.Sample;
import io.datapoints.connect.model.SampleSink;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/** A decoder with the mappings of one topic, and all that it yields. */
final class TableReading implements SampleSink {

  static final RecordOrigin ORIGIN = new RecordOrigin("before", 3, 42, 1_700_000_000_123L);

  static final Instant NOW = Instant.parse("2026-11-21T18:00:00Z");

  final List<MappedRecord> cells = new ArrayList<>();
  final List<String> reasons = new ArrayList<>();
  private final TableReader decoder;

  private TableReading(List<MappedTarget> targets) {
    this.decoder =
        new TableReader(
            topic -> topic.equals("t") ? targets : List.of(),
            1 << 20,
            Clock.fixed(NOW, ZoneOffset.UTC));
  }

  /** The mappings go to the tables ks.t0, ks.t1, and so on. */
  static TableReading of(String... mappings) {
    return new TableReading(
        IntStream.range(0, mappings.length)
            .mapToObj(table -> target("t" + table, mappings[table]))
            .toList());
  }

  static MappedTarget target(String table, String mapping) {
    CassandraOptions cassandra =
        new CassandraOptions(
            null, -1, TimeUnit.SECONDS, TimeUnit.MICROSECONDS, null, null, false, null);
    return new MappedTarget(
        "topic.t.ks." + table + ".",
        "ks",
        table,
        MappingParser.parse(mapping),
        new Options(true, true, new Times(TimestampUnit.MS, null), cassandra));
  }

  static SinkRecord record(@Nullable Object key, @Nullable Object value) {
    return record(null, key, null, value);
  }

  static SinkRecord record(
      @Nullable Schema keySchema,
      @Nullable Object key,
      @Nullable Schema schema,
      @Nullable Object value) {
    return new SinkRecord(
        "t", 0, keySchema, key, schema, value, 42, 1_700_000_000_123L, TimestampType.CREATE_TIME);
  }

  /** Reads one more record and forgets what those before it gave. */
  TableReading read(SinkRecord record) {
    cells.clear();
    reasons.clear();
    decoder.read(record, ORIGIN, this);
    return this;
  }

  TableReading value(@Nullable Object value) {
    return read(record(null, value));
  }

  /** The values of the only sample, of so many assignments. */
  List<@Nullable Object> values(int assignments) {
    if (cells.size() != 1) {
      throw new AssertionError(cells.size() + " samples and " + reasons);
    }
    List<@Nullable Object> values = new ArrayList<>();
    for (int i = 0; i < assignments; i++) {
      values.add(cells.get(0).value(i));
    }
    return values;
  }

  /** The value of the only assignment. */
  @Nullable Object only() {
    return values(1).get(0);
  }

  @Override
  public void accept(Sample sample) {
    cells.add((MappedRecord) sample);
  }

  @Override
  public void reject(Rule rule, String reason) {
    reasons.add(reason);
  }
}
