package io.datapoints.connect.influx;

import io.datapoints.connect.config.CassandraSinkConfig;
import io.datapoints.connect.config.PipelineConfig;
import io.datapoints.connect.kairosdb.Reading;
import io.datapoints.connect.model.DataPoint;
import io.datapoints.connect.model.RecordOrigin;
import io.datapoints.connect.model.Rule;
import io.datapoints.connect.model.Sample;
import io.datapoints.connect.model.SampleSink;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.sink.SinkRecord;

/** A reader as a task makes it, with every point and every reason that it gives. */
final class LineReading implements SampleSink {

  /** The time of records. */
  static final long RECORD_TIME = 1_700_000_000_000L;

  final List<String> points = new ArrayList<>();
  final List<String> reasons = new ArrayList<>();
  private final LineProtocolReader reader;

  private LineReading(Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(settings);
    all.put("record.format", "influx");
    PipelineConfig config = CassandraSinkConfig.from(all).pipeline();
    reader =
        new LineProtocolReader(
            config.records().maxInflatedBytes(), config.format(), config.kairos());
  }

  static LineReading plain() {
    return with(Map.of());
  }

  /** With these lines of the connector's configuration. */
  static LineReading with(Map<String, String> settings) {
    return new LineReading(settings);
  }

  /** Reads one more record and forgets what those before it gave. */
  LineReading of(Object value) {
    return of(value, RECORD_TIME);
  }

  LineReading of(Object value, long recordTime) {
    points.clear();
    reasons.clear();
    Schema none = null;
    RecordOrigin origin = new RecordOrigin("telegraf", 3, 42, recordTime);
    reader.read(new SinkRecord("telegraf", 3, none, null, none, value, 42), origin, this);
    return this;
  }

  @Override
  public void accept(Sample sample) {
    points.add(Reading.describe((DataPoint) sample));
  }

  @Override
  public void reject(Rule rule, String reason) {
    reasons.add(reason);
  }
}
