package io.datapoints.connect.table;

import static java.util.stream.Collectors.joining;

import io.datapoints.connect.config.mapping.MappedTarget;
import io.datapoints.connect.mapping.Condition;
import io.datapoints.connect.mapping.Expression.Path;
import io.datapoints.connect.mapping.Expression.Root;
import io.datapoints.connect.mapping.Expression.Step;
import io.datapoints.connect.mapping.MappingEvaluator;
import io.datapoints.connect.mapping.PathSlots;
import io.datapoints.connect.model.InvalidValue;
import io.datapoints.connect.model.MappedRecord;
import io.datapoints.connect.model.RecordOrigin;
import io.datapoints.connect.model.Rule;
import io.datapoints.connect.model.SampleSink;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The compiled mappings of one topic: the paths to read of its records, and the values for each
 * target. Used on the task thread for one record at a time.
 */
@SuppressWarnings("StaticAssignmentOfThrowable") // It has no stack trace.
final class TopicProgram {

  /** The index of a record that is not an element of an array. */
  static final int ALONE = -1;

  private static final InvalidValue PART_OF_VALUE =
      new InvalidValue("is the whole value, which holds several records");

  private final String topic;
  private final List<MappedTarget> targets;
  private final MappingEvaluator[] evaluators;
  private final Condition.@Nullable Compiled[] filters;
  private final PathTree value = new PathTree();
  private final PathTree key = new PathTree();
  private final PathTree headers = new PathTree();
  private final Path[] metadata;
  private final int[] metadataSlots;
  private final int rawValue;
  private final int rawKey;
  private final boolean parsesValue;
  private final boolean parsesKey;
  private final boolean splitsArrays;
  private final ValueUse[] uses;
  private final List<InvalidValue> problems = new ArrayList<>();
  private final @Nullable Object[] slots;

  TopicProgram(String topic, List<MappedTarget> targets, Clock clock) {
    PathSlots paths = new PathSlots();
    this.topic = topic;
    this.targets = targets;
    this.evaluators =
        targets.stream()
            .map(
                target ->
                    new MappingEvaluator(
                        target.mapping(), target.labels(), paths, target.options().times(), clock))
            .toArray(MappingEvaluator[]::new);
    this.filters =
        targets.stream().map(target -> filter(target, paths)).toArray(Condition.Compiled[]::new);
    List<Path> all = paths.paths();
    this.slots = new Object[all.size()];
    Arrays.fill(slots, MappedRecord.MISSING);
    this.metadata = all.stream().filter(TopicProgram::isMetadata).toArray(Path[]::new);
    this.metadataSlots = Arrays.stream(metadata).mapToInt(all::indexOf).toArray();
    for (int slot = 0; slot < slots.length; slot++) {
      place(all.get(slot), slot);
    }
    this.rawValue = all.indexOf(new Path(Root.VALUE, List.of()));
    this.rawKey = all.indexOf(new Path(Root.KEY, List.of()));
    this.parsesValue = value.leadsOn() || parses(Root.VALUE);
    this.parsesKey = key.leadsOn() || parses(Root.KEY);
    this.uses = targets.stream().map(each -> ValueUse.of(each.mapping())).toArray(ValueUse[]::new);
    this.splitsArrays = List.of(uses).contains(ValueUse.FIELDS);
  }

  private static Condition.@Nullable Compiled filter(MappedTarget target, PathSlots paths) {
    Condition filter = target.filter();
    return filter == null ? null : filter.compile(paths);
  }

  private static boolean isMetadata(Path path) {
    return path.root() != Root.VALUE && path.root() != Root.KEY && path.root() != Root.HEADER;
  }

  private void place(Path path, int slot) {
    switch (path.root()) {
      case VALUE -> place(path, slot, value);
      case KEY -> place(path, slot, key);
      case HEADER -> headers.add(path.steps(), slot);
      case TOPIC, PARTITION, OFFSET, TIMESTAMP, RECORD -> {
        // In the metadata.
      }
    }
  }

  /** A key or value that comes as text is parsed by the reader, so that step is none. */
  private static void place(Path path, int slot, PathTree tree) {
    List<Step> steps = path.steps();
    if (!steps.isEmpty()) {
      tree.add(ValueUse.isParsed(path) ? steps.subList(1, steps.size()) : steps, slot);
    }
  }

  /** Whether the topic has no targets. */
  boolean isEmpty() {
    return targets.isEmpty();
  }

  /** The paths to read of the value. */
  PathTree value() {
    return value;
  }

  /** The paths to read of the key. */
  PathTree key() {
    return key;
  }

  /** Whether a mapping reads the value as it came. */
  boolean takesRawValue() {
    return rawValue >= 0;
  }

  /** Sets the value as it came. */
  void rawValue(@Nullable Object raw) {
    slots[rawValue] = raw;
  }

  /** Whether a mapping reads the key as it came. */
  boolean takesRawKey() {
    return rawKey >= 0;
  }

  /** Sets the key as it came. */
  void rawKey(@Nullable Object raw) {
    slots[rawKey] = raw;
  }

  /** Whether a value that is a text or bytes has to be JSON. */
  boolean parsesValue() {
    return parsesValue;
  }

  /** Whether a key that is a text or bytes has to be JSON. */
  boolean parsesKey() {
    return parsesKey;
  }

  private boolean parses(Root root) {
    return targets.stream()
        .flatMap(target -> target.mapping().paths())
        .anyMatch(path -> path.root() == root && ValueUse.isParsed(path));
  }

  /** The paths to read of the headers, from their names on. */
  PathTree headers() {
    return headers;
  }

  /**
   * Receives the value at each path of the current record; {@link MappedRecord#MISSING} until then.
   */
  @Nullable Object[] slots() {
    return slots;
  }

  /** Releases the record, even if it was read only in part. */
  void clear() {
    Arrays.fill(slots, MappedRecord.MISSING);
    problems.clear();
  }

  /** Whether each element of an array is a record for at least one target. */
  boolean splitsArrays() {
    return splitsArrays;
  }

  /** The name in a reason for one record of an array. */
  String noun() {
    return targets.get(0).noun();
  }

  /** Whether a record without a value may have an effect. */
  boolean readsTombstone() {
    return targets.stream().anyMatch(target -> target.options().deletes())
        || takesRawKey()
        || key.isAsked()
        || headers.leadsOn();
  }

  /**
   * Runs the targets to which an array is one record: those that take nothing from values, or the
   * whole of one.
   */
  void runArray(RecordOrigin origin, SampleSink sink) {
    readMetadata(origin, ALONE);
    for (int target = 0; target < evaluators.length; target++) {
      if (uses[target] == ValueUse.ELEMENTS) {
        MappedTarget refusing = targets.get(target);
        sink.reject(Rule.MAPPING, () -> about(refusing, "takes no array"));
      } else if (uses[target] == ValueUse.WHOLE) {
        run(target, ALONE, false, origin, sink);
      }
    }
  }

  /**
   * Evaluates the mapping of each target on the record in the slots.
   *
   * @param index the position of the record among those of a value, or {@link #ALONE}
   */
  void run(int index, boolean deletion, RecordOrigin origin, SampleSink sink) {
    readMetadata(origin, index);
    if (index != ALONE && takesRawValue()) {
      rawValue(PART_OF_VALUE);
    }
    for (int target = 0; target < evaluators.length; target++) {
      if (index == ALONE || uses[target] == ValueUse.FIELDS) {
        run(target, index, deletion, origin, sink);
      }
    }
  }

  private void readMetadata(RecordOrigin origin, int index) {
    for (int i = 0; i < metadata.length; i++) {
      slots[metadataSlots[i]] = metadata(metadata[i].root(), origin, index);
    }
  }

  private void run(int target, int index, boolean deletion, RecordOrigin origin, SampleSink sink) {
    Condition.Compiled filter = filters[target];
    if (filter != null && !filter.holds(slots)) {
      sink.skip();
      return;
    }
    @Nullable Object[] values = evaluators[target].values(slots, deletion, problems);
    boolean good = problems.isEmpty();
    reject(target, index, sink);
    Map<String, @Nullable Object> rest = null;
    try {
      rest = evaluators[target].rest(slots);
    } catch (InvalidValue e) {
      problems.add(e);
      good = false;
      reject(target, index, sink);
    }
    if (good) {
      sink.accept(new MappedRecord(topic, target, values, rest, deletion, origin));
    }
  }

  /** Reports one reason for all problems, or one each if the mapping is not the user's. */
  private void reject(int refusing, int index, SampleSink sink) {
    if (problems.isEmpty()) {
      return;
    }
    MappedTarget target = targets.get(refusing);
    if (target.names() == null) {
      String all = problems.stream().map(InvalidValue::getMessage).collect(joining("; "));
      sink.reject(Rule.MAPPING, () -> place(index) + about(target, all));
    } else {
      for (InvalidValue problem : problems) {
        sink.reject(problem.rule(), () -> place(index) + problem.getMessage() + ".");
      }
    }
    problems.clear();
  }

  private static String about(MappedTarget target, String problem) {
    return target.database() + "." + target.table() + ", " + problem + ".";
  }

  /** The first words of a reason about one record of an array. */
  String place(int index) {
    boolean named = targets.get(0).names() != null;
    return index == ALONE ? "" : noun() + "[" + index + "]" + (named ? "." : ": ");
  }

  private static Object metadata(Root root, RecordOrigin origin, int index) {
    return switch (root) {
      case TOPIC -> origin.topic();
      case PARTITION -> origin.partition();
      case OFFSET -> origin.offset();
      case RECORD -> index == ALONE ? origin.toString() : origin + "#" + index;
      default ->
          origin.timestamp() == RecordOrigin.NO_TIMESTAMP
              ? MappedRecord.MISSING
              : Instant.ofEpochMilli(origin.timestamp());
    };
  }
}
