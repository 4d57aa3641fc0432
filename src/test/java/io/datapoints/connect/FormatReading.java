package io.datapoints.connect;

import io.datapoints.connect.config.CassandraSinkConfig;
import io.datapoints.connect.kairosdb.Reading;
import io.datapoints.connect.model.DataPoint;
import io.datapoints.connect.model.RecordOrigin;
import io.datapoints.connect.model.Rule;
import io.datapoints.connect.model.Sample;
import io.datapoints.connect.model.SampleSink;
import io.datapoints.connect.payload.RecordReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.sink.SinkRecord;

/** A reader of one format as a task makes it, with all that it gives. */
public final class FormatReading implements SampleSink {

  /** The time of records. */
  public static final long RECORD_TIME = 1_700_000_000_000L;

  private static final int MUTATIONS = 20_000;

  private final List<String> points = new ArrayList<>();
  private final List<String> reasons = new ArrayList<>();
  private final List<Rule> rules = new ArrayList<>();
  private final RecordReader reader;
  private int skipped;
  private int accepted;
  private int rejected;
  private boolean counting;

  private FormatReading(String format, Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(settings);
    all.put("record.format", format);
    reader = TaskAssembly.reader(CassandraSinkConfig.from(all).pipeline());
  }

  /** With the default settings. */
  public static FormatReading of(String format) {
    return with(format, Map.of());
  }

  /** With these lines of the connector's configuration. */
  public static FormatReading with(String format, Map<String, String> settings) {
    return new FormatReading(format, settings);
  }

  /** Reads one more record and forgets what those before it gave. */
  public FormatReading read(Object value) {
    return read(value, RECORD_TIME);
  }

  /** As {@link #read(Object)}, of a record with another time. */
  public FormatReading read(Object value, long recordTime) {
    points.clear();
    reasons.clear();
    rules.clear();
    skipped = 0;
    accepted = 0;
    rejected = 0;
    Schema none = null;
    RecordOrigin origin = new RecordOrigin("metrics", 3, 42, recordTime);
    reader.read(new SinkRecord("metrics", 3, none, null, none, value, 42), origin, this);
    return this;
  }

  /** Reads one more record and keeps no words, for one of very many points, or very long ones. */
  public FormatReading count(Object value) {
    counting = true;
    try {
      return read(value);
    } finally {
      counting = false;
    }
  }

  /** How many points of the last record were accepted. */
  public int accepted() {
    return accepted;
  }

  /** How many reasons there were against its bad parts. */
  public int rejected() {
    return rejected;
  }

  /** The accepted points of the last record, in words. */
  public List<String> points() {
    return points;
  }

  /** The reasons against its bad parts. */
  public List<String> reasons() {
    return reasons;
  }

  /** The rules that those broke. */
  public List<Rule> rules() {
    return rules;
  }

  /** How many of its parts said nothing to store. */
  public int skipped() {
    return skipped;
  }

  /**
   * Reads what is left of a record after each truncation, and after many mutations. Only a reason
   * may come of it, never an exception.
   */
  public void surviveDamageOf(byte[] record) {
    for (int length = 0; length < record.length; length++) {
      read(Arrays.copyOf(record, length));
    }
    Random random = new Random(5);
    for (int round = 0; round < MUTATIONS; round++) {
      byte[] damaged = record.clone();
      for (int i = random.nextInt(4); i >= 0; i--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      try {
        read(damaged);
      } catch (RuntimeException | StackOverflowError fault) {
        throw new AssertionError(HexFormat.of().formatHex(damaged), fault);
      }
    }
  }

  @Override
  public void accept(Sample sample) {
    accepted++;
    if (!counting) {
      points.add(Reading.describe((DataPoint) sample));
    }
  }

  @Override
  public void reject(Rule rule, String reason) {
    rejected++;
    rules.add(rule);
    reasons.add(reason);
  }

  @Override
  public void reject(Rule rule, Supplier<String> reason) {
    if (counting) {
      rejected++;
    } else {
      reject(rule, reason.get());
    }
  }

  @Override
  public void skip() {
    skipped++;
  }
}
