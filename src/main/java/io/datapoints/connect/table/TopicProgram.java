package io.datapoints.connect.table;

import static java.util.stream.Collectors.joining;

import io.datapoints.connect.config.mapping.MappedTarget;
import io.datapoints.connect.mapping.Expression.Path;
import io.datapoints.connect.mapping.Expression.Root;
import io.datapoints.connect.mapping.Mapping;
import io.datapoints.connect.mapping.MappingEvaluator;
import io.datapoints.connect.mapping.PathSlots;
import io.datapoints.connect.model.MappedRecord;
import io.datapoints.connect.model.InvalidValue;
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
 * All mappings of one topic, compiled: which paths its records are read for, and what the targets
 * get of what stands there. Used on the task thread for one record after the other.
 */
final class TopicProgram {

  /** The index of a record that is no element of an array. */
  static final int ALONE = -1;

  private final String topic;
  private final List<MappedTarget> targets;
  private final MappingEvaluator[] evaluators;
  private final PathTree value = new PathTree();
  private final PathTree key = new PathTree();
  private final PathTree headers = new PathTree();
  private final Path[] metadata;
  private final int[] metadataSlots;
  private final boolean wholeKey;
  private final boolean splitsArrays;
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
                        target.mapping(),
                        target.labels(),
                        paths,
                        target.options().timeUnit(),
                        clock))
            .toArray(MappingEvaluator[]::new);
    List<Path> all = paths.paths();
    this.slots = new Object[all.size()];
    Arrays.fill(slots, MappedRecord.MISSING);
    this.metadata = all.stream().filter(TopicProgram::isMetadata).toArray(Path[]::new);
    this.metadataSlots = Arrays.stream(metadata).mapToInt(all::indexOf).toArray();
    for (int slot = 0; slot < slots.length; slot++) {
      place(all.get(slot), slot);
    }
    this.splitsArrays = targets.stream().anyMatch(target -> target.options().splitArrays());
    this.wholeKey = targets.stream().anyMatch(target -> restIsKey(target.mapping()));
  }

  private static boolean isMetadata(Path path) {
    return path.root() != Root.VALUE && path.root() != Root.KEY && path.root() != Root.HEADER;
  }

  private void place(Path path, int slot) {
    switch (path.root()) {
      case VALUE -> value.add(path.steps(), slot);
      case KEY -> key.add(path.steps(), slot);
      case HEADER -> headers.add(path.steps(), slot);
      case TOPIC, PARTITION, OFFSET, TIMESTAMP -> {
        // In the metadata.
      }
    }
  }

  private static boolean restIsKey(Mapping mapping) {
    Mapping.Rest rest = mapping.rest();
    return rest != null && rest.source().equals(new Path(Root.KEY, List.of()));
  }

  /** Whether the topic goes nowhere. */
  boolean isEmpty() {
    return targets.isEmpty();
  }

  /** What is asked for of the value. */
  PathTree value() {
    return value;
  }

  /** What is asked for of the key. */
  PathTree key() {
    return key;
  }

  /** Whether all fields of the key are asked for. */
  boolean wholeKey() {
    return wholeKey;
  }

  /** What is asked for of the headers, by name. */
  Map<String, PathTree> headers() {
    return headers.fields();
  }

  /**
   * Takes what stands at each path of the record that is being read; {@link MappedRecord#MISSING} until
   * then.
   */
  @Nullable Object[] slots() {
    return slots;
  }

  /** Lets go of the record, also of one whose reading ended in the middle. */
  void clear() {
    Arrays.fill(slots, MappedRecord.MISSING);
    problems.clear();
  }

  /** Whether an array as the value is several records for one of the targets at least. */
  boolean splitsArrays() {
    return splitsArrays;
  }

  /** What one of the records is called that an array is. */
  String noun() {
    return targets.get(0).noun();
  }

  /** Whether a record without a value may say something. */
  boolean readsTombstone() {
    return targets.stream().anyMatch(target -> target.options().deletes())
        || key.isAsked()
        || headers.leadsOn();
  }

  /** Says for the targets that take no array what they say of one. */
  void runArray(SampleSink sink) {
    for (MappedTarget target : targets) {
      if (!target.options().splitArrays()) {
        sink.reject(Rule.MAPPING, () -> about(target, "takes no array"));
      }
    }
  }

  /**
   * Gives what each target gets of the record in the slots.
   *
   * @param index its position in an array, or {@link #ALONE}
   */
  void run(int index, boolean deletion, RecordOrigin origin, SampleSink sink) {
    for (int i = 0; i < metadata.length; i++) {
      slots[metadataSlots[i]] = metadata(metadata[i].root(), origin);
    }
    for (int target = 0; target < evaluators.length; target++) {
      if (index == ALONE || targets.get(target).options().splitArrays()) {
        run(target, index, deletion, origin, sink);
      }
    }
  }

  private void run(int target, int index, boolean deletion, RecordOrigin origin, SampleSink sink) {
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

  /** One reason for all problems, but each its own where the mapping is not the user's. */
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

  /** How a reason begins that is about one of several records. */
  String place(int index) {
    boolean named = targets.get(0).names() != null;
    return index == ALONE ? "" : noun() + "[" + index + "]" + (named ? "." : ": ");
  }

  private static Object metadata(Root root, RecordOrigin origin) {
    return switch (root) {
      case TOPIC -> origin.topic();
      case PARTITION -> origin.partition();
      case OFFSET -> origin.offset();
      default ->
          origin.timestamp() == RecordOrigin.NO_TIMESTAMP
              ? MappedRecord.MISSING
              : Instant.ofEpochMilli(origin.timestamp());
    };
  }
}
