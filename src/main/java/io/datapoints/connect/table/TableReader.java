package io.datapoints.connect.table;

import io.datapoints.connect.config.mapping.MappingConfig;
import io.datapoints.connect.model.RecordOrigin;
import io.datapoints.connect.model.Rule;
import io.datapoints.connect.model.Sample;
import io.datapoints.connect.model.SampleSink;
import io.datapoints.connect.payload.JsonDecoder;
import io.datapoints.connect.payload.JsonDetector;
import io.datapoints.connect.payload.JsonTexts;
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
 * <p>{@code value} and {@code key} alone are what came: a text or bytes, unparsed. A text or bytes
 * are read as JSON where a mapping takes them apart. The elements of an array, and values that
 * follow one another in a text, are a record each to a mapping that asks for fields; a mapping with
 * {@code value[0].x} reads the elements of an array itself. JSON in a text within a record is read
 * where the mapping has {@code parse()}.
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
  private final ValuePaths paths;
  private final JsonPathsReader valueReader;
  private final JsonPathsReader keyReader;
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
    JsonTexts inner = new JsonTexts(maxInflatedBytes);
    this.paths = new ValuePaths(ConnectTree::read, inner);
    this.valueReader = new JsonPathsReader(VALUE, texts, inner);
    this.keyReader = new JsonPathsReader(KEY, texts, inner);
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
        boolean readable = key(record, program, origin, sink);
        headers(record, program);
        records(record, program, origin, readable ? sink : new Reasons(sink));
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
    if (value == null) {
      return true;
    }
    if (program.takesRawValue()) {
      program.rawValue(raw(value, record.valueSchema()));
    }
    if (!wanted.isAsked()) {
      return true;
    }
    if (!isText(value)) {
      return converted(VALUE, value, record.valueSchema(), wanted, program, sink);
    }
    if (!program.parsesValue() && !JsonDetector.mayBeJson(value)) {
      program.slots()[wanted.slot()] = raw(value, null);
      return true;
    }
    Watch watch = new Watch(sink, false);
    valueReader.expect(wanted, program.slots());
    valueJson.read(value, origin, watch);
    return !watch.rejected;
  }

  /** Reads a value of one record or of several, and runs the mappings on each. */
  private void records(
      SinkRecord record, TopicProgram program, RecordOrigin origin, SampleSink sink) {
    Object value = record.value();
    if (program.takesRawValue()) {
      program.rawValue(raw(value, record.valueSchema()));
    }
    if (isText(value)) {
      valueReader.expectRecords(program);
      valueJson.read(value, origin, sink);
    } else if (value instanceof List<?> list) {
      program.runArray(origin, sink);
      Schema schema = ValuePaths.elementSchema(record.valueSchema());
      for (int index = 0; index < list.size(); index++) {
        element(list.get(index), schema, index, program, origin, sink);
      }
    } else if (isObject(value)) {
      element(value, record.valueSchema(), TopicProgram.ALONE, program, origin, sink);
    } else {
      sink.reject(Rule.SHAPE, RejectReasons.unsupported(value.getClass()));
    }
  }

  private void element(
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
    paths.fill(program.value(), value, schema, program.slots());
    program.run(index, false, origin, sink);
  }

  /** Whether the key was read. */
  private boolean key(
      SinkRecord record, TopicProgram program, RecordOrigin origin, SampleSink sink) {
    Object key = record.key();
    PathTree wanted = program.key();
    if (key == null) {
      return true;
    }
    if (program.takesRawKey()) {
      program.rawKey(raw(key, record.keySchema()));
    }
    if (!wanted.isAsked()) {
      return true;
    }
    if (!isText(key)) {
      return converted(KEY, key, record.keySchema(), wanted, program, sink);
    }
    if (!program.parsesKey() && !JsonDetector.mayBeJson(key)) {
      program.slots()[wanted.slot()] = raw(key, null);
      return true;
    }
    Watch watch = new Watch(sink, true);
    keyReader.expect(wanted, program.slots());
    keyJson.read(key, origin, watch);
    return !watch.rejected;
  }

  private boolean converted(
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
    if (!isObject(value) && !(value instanceof List) && wanted.asksInside()) {
      sink.reject(rule(part), RejectReasons.noObject(part));
      return false;
    }
    paths.fill(wanted, value, schema, program.slots());
    return true;
  }

  /** If several headers have the same name, the last one counts. */
  private void headers(SinkRecord record, TopicProgram program) {
    if (program.headers().leadsOn()) {
      headers(record, program.headers().fields(), program);
      headers(record, program.headers().dotted(), program);
    }
  }

  private void headers(SinkRecord record, Map<String, PathTree> names, TopicProgram program) {
    for (Map.Entry<String, PathTree> wanted : names.entrySet()) {
      Header header = record.headers().lastWithName(wanted.getKey());
      if (header != null) {
        paths.fillMissing(wanted.getValue(), header.value(), header.schema(), program.slots());
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

  private static @Nullable Object raw(Object value, @Nullable Schema schema) {
    return value instanceof byte[] bytes ? ByteBuffer.wrap(bytes) : ConnectTree.read(value, schema);
  }

  /** Forwards the reasons against a record that is bad already. */
  private record Reasons(SampleSink sink) implements SampleSink {

    @Override
    public void accept(Sample sample) {
      // Its key cannot be read.
    }

    @Override
    public void reject(Rule rule, String reason) {
      sink.reject(rule, reason);
    }
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
    public void skip() {
      sink.skip();
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
