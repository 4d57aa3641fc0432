package io.datapoints.connect.table;

import io.datapoints.connect.config.mapping.MappingConfig;
import io.datapoints.connect.model.RecordOrigin;
import io.datapoints.connect.model.Rule;
import io.datapoints.connect.model.Sample;
import io.datapoints.connect.model.SampleSink;
import io.datapoints.connect.payload.JsonDecoder;
import io.datapoints.connect.payload.JsonDetector;
import io.datapoints.connect.payload.RecordReader;
import io.datapoints.connect.payload.RejectReasons;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/**
 * Reads records for the table layout: the values that the mappings of a topic name, from the value,
 * the key and the headers. Input is JSON in bytes or text, gzip compressed or not, or the maps,
 * lists, structs and single values that converters produce. The value is read once, however many
 * targets there are. An unreadable record is rejected with a reason, never with an exception. One
 * instance per task, used on its thread.
 *
 * <p>A value that is text or bytes is JSON, unless it does not start as an object or an array and
 * no mapping reads a path in it: then {@code value} is the text or the bytes. An array as the value
 * is several records for the targets that split arrays; for the others it is rejected where a
 * mapping asks for fields of it, and {@code value[0].x} reads its elements. A key that is text or
 * bytes is read as JSON only if a mapping reads a path in it; {@code key} alone is the raw key.
 * Texts in headers are never parsed as JSON.
 *
 * <p>Topic, partition and offset are those of the log, before any transform. The mappings of a
 * record are chosen by its topic after the transforms.
 */
public final class TableReader implements RecordReader {

  /** The most topics whose compiled mappings are kept. */
  private static final int MAX_TOPICS = 1_000;

  private static final String VALUE = "value";
  private static final String KEY = "key";

  private final MappingConfig mapping;
  private final Clock clock;
  private final RepeatedTexts texts = new RepeatedTexts();
  private final JsonPathsReader valueReader = new JsonPathsReader(VALUE, texts);
  private final JsonPathsReader keyReader = new JsonPathsReader(KEY, texts);
  private final JsonDecoder valueJson;
  private final JsonDecoder keyJson;
  private final Map<String, TopicProgram> programs = new HashMap<>();

  /**
   * @param mapping which topic goes where
   * @param maxInflatedBytes the most bytes that gzip data may inflate to
   */
  public TableReader(MappingConfig mapping, int maxInflatedBytes) {
    this(mapping, maxInflatedBytes, Clock.systemUTC());
  }

  TableReader(MappingConfig mapping, int maxInflatedBytes, Clock clock) {
    this.mapping = mapping;
    this.clock = clock;
    this.valueJson = new JsonDecoder(maxInflatedBytes, valueReader);
    this.keyJson = new JsonDecoder(maxInflatedBytes, keyReader);
  }

  /** The store decides what a record without a value means, since it knows the tables' keys. */
  @Override
  public boolean readsTombstone(SinkRecord record) {
    return program(record.topic()).readsTombstone();
  }

  /**
   * Reads one record, with or without a value. The sink receives one sample for each target of the
   * topic, or the reason for its absence.
   */
  @Override
  public void read(SinkRecord record, RecordOrigin origin, SampleSink sink) {
    TopicProgram program = program(record.topic());
    if (program.isEmpty()) {
      sink.reject(Rule.MAPPING, RejectReasons.NO_MAPPING);
      return;
    }
    try {
      if (program.splitsArrays() && record.value() != null) {
        if (key(record, program, origin, sink)) {
          headers(record, program);
          records(record, program, origin, sink);
        }
        return;
      }
      boolean readable = value(record, program, origin, sink);
      readable &= key(record, program, origin, sink);
      if (readable) {
        headers(record, program);
        program.run(TopicProgram.ALONE, record.value() == null, origin, sink);
      }
    } finally {
      program.clear();
    }
  }

  private TopicProgram program(String topic) {
    TopicProgram known = programs.get(topic);
    if (known != null) {
      return known;
    }
    String name = mapping.mappedAs(topic);
    TopicProgram compiled = new TopicProgram(name, mapping.targets(name), clock);
    if (programs.size() == MAX_TOPICS) {
      programs.clear();
    }
    programs.put(topic, compiled);
    return compiled;
  }

  /** Whether the value was read. */
  private boolean value(
      SinkRecord record, TopicProgram program, RecordOrigin origin, SampleSink sink) {
    Object value = record.value();
    PathTree wanted = program.value();
    if (value == null || !wanted.isAsked()) {
      return true;
    }
    if (!isText(value)) {
      return converted(VALUE, value, record.valueSchema(), wanted, program, sink);
    }
    if (!wanted.leadsOn() && !JsonDetector.mayBeJson(value)) {
      program.slots()[wanted.slot()] = raw(value);
      return true;
    }
    Watch watch = new Watch(sink, false);
    valueReader.expect(wanted, program.slots());
    valueJson.read(value, origin, watch);
    return !watch.rejected;
  }

  /** Reads a value of one record or of an array of them, and runs the mappings on each. */
  private void records(
      SinkRecord record, TopicProgram program, RecordOrigin origin, SampleSink sink) {
    Object value = record.value();
    if (isText(value)) {
      valueReader.expectRecords(program);
      valueJson.read(value, origin, sink);
    } else if (value instanceof List<?> list) {
      program.runArray(sink);
      Schema schema = ConnectTree.elementSchema(record.valueSchema());
      for (int index = 0; index < list.size(); index++) {
        element(list.get(index), schema, index, program, origin, sink);
      }
    } else if (isObject(value)) {
      element(value, record.valueSchema(), TopicProgram.ALONE, program, origin, sink);
    } else {
      sink.reject(Rule.SHAPE, RejectReasons.unsupported(value.getClass()));
    }
  }

  private static void element(
      @Nullable Object value,
      @Nullable Schema schema,
      int index,
      TopicProgram program,
      RecordOrigin origin,
      SampleSink sink) {
    if (!isObject(value)) {
      RejectReasons.rejectNoObject(program.noun(), index, sink);
      return;
    }
    program.value().forget(program.slots());
    ConnectTree.fill(program.value(), value, schema, program.slots());
    program.run(index, false, origin, sink);
  }

  /** Whether the key was read. */
  private boolean key(
      SinkRecord record, TopicProgram program, RecordOrigin origin, SampleSink sink) {
    Object key = record.key();
    PathTree wanted = program.key();
    if (key == null || !wanted.isAsked()) {
      return true;
    }
    if (!isText(key)) {
      return converted(KEY, key, record.keySchema(), wanted, program, sink);
    }
    Watch watch = new Watch(sink, true);
    if (wanted.leadsOn() || program.wholeKey()) {
      keyReader.expect(wanted, program.slots());
      keyJson.read(key, origin, watch);
    }
    if (wanted.slot() != PathTree.NO_SLOT && !program.wholeKey()) {
      program.slots()[wanted.slot()] = raw(key);
    }
    return !watch.rejected;
  }

  private static boolean converted(
      String part,
      Object value,
      @Nullable Schema schema,
      PathTree wanted,
      TopicProgram program,
      SampleSink sink) {
    if (value instanceof List<?> && !wanted.fields().isEmpty()) {
      sink.reject(rule(part), RejectReasons.array(part));
      return false;
    }
    if (!isObject(value) && !(value instanceof List) && wanted.leadsOn()) {
      sink.reject(rule(part), RejectReasons.noObject(part));
      return false;
    }
    ConnectTree.fill(wanted, value, schema, program.slots());
    return true;
  }

  /** If several headers have the same name, the last one counts. */
  private static void headers(SinkRecord record, TopicProgram program) {
    for (Map.Entry<String, PathTree> wanted : program.headers().entrySet()) {
      Header header = record.headers().lastWithName(wanted.getKey());
      if (header != null) {
        ConnectTree.fill(wanted.getValue(), header.value(), header.schema(), program.slots());
      }
    }
  }

  private static Rule rule(String part) {
    return part.equals(KEY) ? Rule.KEY : Rule.SHAPE;
  }

  private static boolean isObject(@Nullable Object value) {
    return value instanceof Map || value instanceof Struct;
  }

  private static boolean isText(Object value) {
    return value instanceof String || value instanceof byte[] || value instanceof ByteBuffer;
  }

  private static Object raw(Object value) {
    return value instanceof byte[] bytes ? ByteBuffer.wrap(bytes) : value;
  }

  /** Forwards reasons, and notes whether the record was rejected. */
  private static final class Watch implements SampleSink {

    private final SampleSink sink;
    private final boolean key;
    private boolean rejected;

    Watch(SampleSink sink, boolean key) {
      this.sink = sink;
      this.key = key;
    }

    @Override
    public void accept(Sample sample) {
      sink.accept(sample);
    }

    @Override
    public void reject(Rule rule, String reason) {
      rejected = true;
      if (key) {
        sink.reject(Rule.KEY, RejectReasons.key(reason));
      } else {
        sink.reject(rule, reason);
      }
    }
  }
}
