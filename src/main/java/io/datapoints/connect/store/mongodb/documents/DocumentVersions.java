package io.datapoints.connect.store.mongodb.documents;

import io.datapoints.connect.model.RecordOrigin;
import io.datapoints.connect.store.mongodb.bson.BsonBytes;
import io.datapoints.connect.store.mongodb.bson.Field;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.bson.BsonDocument;
import org.bson.BsonType;
import org.bson.RawBsonDocument;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * The versions that a document stores of the records that changed it: for each topic and partition,
 * the offset of the last record, and the time since which its task has been reading forward. A
 * change is made only if no later one is stored, so that a write which the server executes late has
 * no effect.
 *
 * <p>A replay is not a late write. The time is renewed when a partition is read from an earlier
 * offset than before, and when a task starts; a change with a newer time is made whatever offset is
 * stored. A record with a larger offset is written whatever time is stored, so that the clocks of
 * two workers need not agree.
 *
 * <p>Used by the task thread only, except {@link #superseding}.
 */
final class DocumentVersions {

  private static final String NOR_OPERATOR = "$nor";
  private static final Field NOR = Field.named(NOR_OPERATOR);
  private static final Field FIRST = Field.named("0");
  private static final Field GREATER = Field.named("$gt");
  private static final Field NOT_LESS = Field.named("$gte");
  private static final Field OFFSET = Field.named("offset");
  private static final Field SINCE = Field.named("since");

  private final String field;
  private final Clock clock;
  private final Map<Partition, Reading> readings = new HashMap<>();

  /** The reading of the previous record, which most records share. */
  private @Nullable Reading latest;

  /**
   * @param field the field of a document that stores the versions
   */
  DocumentVersions(String field, Clock clock) {
    this.field = field;
    this.clock = clock;
  }

  private record Partition(String topic, int number) {}

  /** The state of reading one partition. There is at most one for each partition of the topics. */
  private static final class Reading {

    private final Partition partition;
    private final Field path;
    private final Field offsetPath;
    private final Field sincePath;
    private long since;
    private long offset = -1;

    Reading(String field, Partition partition, long since) {
      // Kafka allows no two topics that differ only in '.' and '_'.
      String name = partition.topic().replace('.', '_') + "-" + partition.number();
      String path = field + "." + name;
      this.partition = partition;
      this.path = Field.named(path);
      this.offsetPath = Field.named(path + ".offset");
      this.sincePath = Field.named(path + ".since");
      this.since = since;
    }

    boolean isOf(RecordOrigin origin) {
      return partition.number() == origin.partition() && partition.topic().equals(origin.topic());
    }
  }

  /** Adds to a filter the condition that the document has no later change. */
  void putCondition(RecordOrigin origin, BsonBytes out) {
    Reading reading = reading(origin);
    out.header(BsonType.ARRAY, NOR);
    int conditions = out.begin();
    int later = out.begin(FIRST);
    int offset = out.begin(reading.offsetPath);
    out.int64(GREATER, origin.offset());
    out.end(offset);
    int since = out.begin(reading.sincePath);
    out.date(NOT_LESS, reading.since);
    out.end(since);
    out.end(later);
    out.end(conditions);
  }

  /** Adds to a $set the version of this record. */
  void putVersion(RecordOrigin origin, BsonBytes out) {
    Reading reading = reading(origin);
    int version = out.begin(reading.path);
    out.int64(OFFSET, origin.offset());
    out.date(SINCE, reading.since);
    out.end(version);
  }

  private Reading reading(RecordOrigin origin) {
    Reading reading = latest;
    if (reading == null || !reading.isOf(origin)) {
      reading =
          readings.computeIfAbsent(
              new Partition(origin.topic(), origin.partition()),
              first -> new Reading(field, first, clock.millis()));
      latest = reading;
    }
    if (origin.offset() < reading.offset) {
      reading.since = Math.max(clock.millis(), reading.since + 1);
    }
    reading.offset = origin.offset();
    return reading;
  }

  /**
   * Matches the document of such a filter if it has a later change; null if the filter has no
   * condition.
   */
  static @Nullable Bson superseding(RawBsonDocument filter) {
    if (!filter.containsKey(NOR_OPERATOR)) {
      return null;
    }
    BsonDocument superseding = new BsonDocument();
    filter.forEach(
        (name, value) -> {
          if (name.equals(NOR_OPERATOR)) {
            superseding.putAll(value.asArray().get(0).asDocument());
          } else {
            superseding.put(name, value);
          }
        });
    return superseding;
  }
}
