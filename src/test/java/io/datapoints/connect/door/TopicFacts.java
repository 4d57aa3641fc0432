package io.datapoints.connect.door;

import io.datapoints.connect.config.KairosConfig;
import io.datapoints.connect.kairosdb.DatapointReader;
import io.datapoints.connect.mapping.Times;
import io.datapoints.connect.mapping.TimestampUnit;
import io.datapoints.connect.model.DataPoint;
import io.datapoints.connect.model.RecordOrigin;
import io.datapoints.connect.model.Rule;
import io.datapoints.connect.model.Sample;
import io.datapoints.connect.model.SampleSink;
import io.datapoints.connect.model.Tags;
import io.datapoints.connect.model.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * The points of a topic as the sink reads them, by metric. Of two points of one series, time and
 * type the later one counts, as in a store.
 */
final class TopicFacts implements SampleSink {

  private static final int MAX_BYTES = 16 << 20;

  private final DatapointReader reader =
      new DatapointReader(
          MAX_BYTES,
          new KairosConfig(
              false,
              false,
              new Times(TimestampUnit.MS, null),
              new KairosConfig.Ttl(0, false, false)));
  private final Map<List<Object>, DataPoint> points = new LinkedHashMap<>();
  private final List<String> rejected = new ArrayList<>();

  private TopicFacts() {}

  /**
   * What is said of each metric, as {@link Fact} puts it.
   *
   * @throws IllegalStateException if the sink would reject anything of it
   */
  static Map<String, Set<String>> of(List<ConsumerRecord<byte[], byte[]>> records) {
    TopicFacts facts = new TopicFacts();
    records.forEach(facts::read);
    if (!facts.rejected.isEmpty()) {
      throw new IllegalStateException("the sink rejects what was taken: " + facts.rejected);
    }
    return facts.byMetric();
  }

  private void read(ConsumerRecord<byte[], byte[]> record) {
    Schema none = null;
    reader.read(
        new SinkRecord(
            record.topic(), record.partition(), none, null, none, record.value(), record.offset()),
        new RecordOrigin(record.topic(), record.partition(), record.offset(), record.timestamp()),
        this);
  }

  @Override
  public void accept(Sample sample) {
    DataPoint point = (DataPoint) sample;
    points.put(List.of(point.series(), point.timestamp(), point.value().getClass()), point);
  }

  @Override
  public void reject(Rule rule, String reason) {
    rejected.add(reason);
  }

  private Map<String, Set<String>> byMetric() {
    Map<String, Set<String>> metrics = new HashMap<>();
    for (DataPoint point : points.values()) {
      Set<String> facts = metrics.computeIfAbsent(point.series().name(), absent -> new HashSet<>());
      facts.add(Fact.point(point.series().name(), point.timestamp(), text(point.value())));
      Tags tags = point.series().tags();
      for (int tag = 0; tag < tags.size(); tag++) {
        facts.add(Fact.tag(point.series().name(), tags.name(tag), tags.value(tag)));
      }
    }
    return metrics;
  }

  private static String text(Value value) {
    if (value instanceof Value.LongValue number) {
      return Fact.number(Long.toString(number.value()));
    }
    if (value instanceof Value.DoubleValue number) {
      return Fact.number(Double.toString(number.value()));
    }
    return Fact.text(((Value.StringValue) value).value());
  }
}
