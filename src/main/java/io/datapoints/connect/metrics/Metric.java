package io.datapoints.connect.metrics;

import io.datapoints.connect.model.Rule;
import io.datapoints.connect.store.Cause;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The metrics of a task: the one catalogue from which they are registered and documented. Each is
 * an attribute of {@code kafka.connect:type=plugins,connector=C,task=N}, and one with a {@link
 * #tag} of {@code kafka.connect:type=plugins,connector=C,task=N,KEY=ID}, for each of {@link
 * Tag#ids}.
 */
public enum Metric {
  RECORDS_RECEIVED_TOTAL("records", "Records received from the framework, tombstones included."),
  RECORDS_REJECTED_TOTAL("records", "Records of which at least a part was bad."),
  RECORDS_REPORTED_TOTAL(
      "records",
      "Bad records handed to the dead letter topic or the worker's log, or skipped where the worker"
          + " has neither. A bad record waits for those before it in its partition."),
  REJECTIONS_TOTAL("parts", "Parts of records that broke a rule.", Tag.RULE),
  PARTS_SKIPPED_TOTAL(
      "parts",
      "Parts of records that say nothing to store, as their format or a filter has it: the mark at"
          + " the end of a series, an event of another kind."),
  ROWS_WRITTEN_TOTAL("rows", "Rows acknowledged by the store; index rows are counted apart."),
  ROWS_EXPIRED_TOTAL(
      "rows", "Samples dropped since their time to live was over when they arrived."),
  BATCHES_WRITTEN_TOTAL("batches", "Batches acknowledged by the store, at least in part."),
  PARTITIONS_WRITTEN_TOTAL(
      "partitions",
      "Partitions whose rows those batches held; partitions with few rows share a batch in"
          + " Cassandra."),
  BATCHES_REFUSED_TOTAL("batches", "Batches that the store refused for their content."),
  ATTEMPTS_FAILED_TOTAL(
      "attempts",
      "Attempts to write, or to open the store, that failed wholly or in part for a reason that"
          + " time cures."),
  RETRIES_TOTAL(
      "attempts", "The same attempts by the cause for which they are made again.", Tag.CAUSE),
  BYTES_WRITTEN_TOTAL(
      "bytes",
      "Size of the acknowledged rows as batch.max.bytes counts it: keys, values and an estimate of"
          + " their frame, before compression, without index rows."),
  BATCH_ROWS_AVG(
      "rows",
      "Rows of an acknowledged batch, on average over about the last minute; NaN for none."),
  WRITE_LATENCY_MS_P50("ms", latency("Half")),
  WRITE_LATENCY_MS_P95("ms", latency("95 %")),
  WRITE_LATENCY_MS_P99("ms", latency("99 %")),
  ROWS_BUFFERED("rows", "Rows held in memory, those in flight included."),
  BYTES_BUFFERED(
      "bytes", "Memory that those rows and their records take, as buffer.max.bytes counts it."),
  BATCHES_IN_FLIGHT("batches", "Batches under way to the store."),
  OLDEST_UNWRITTEN_AGE_MS(
      "ms",
      "Time since the oldest record was received that is not durable or reported yet; 0 when there"
          + " is none."),
  LAST_DURABLE_WRITE_TIME_MS(
      "epoch ms", "When the store last acknowledged rows; 0 before the first."),
  STORE_REACHABLE("0 or 1", "Whether the last attempt was answered by the store."),
  STORE_UNAVAILABLE_MS("ms", "Time since the store stopped answering; 0 while it answers."),
  PARTITIONS_PAUSED(
      "0 or 1",
      "Whether the partitions are paused, since the buffer is full or the store is not open."),
  ROW_KEY_CACHE_HITS_TOTAL(
      "look-ups",
      "Row keys found in the cache, for KairosDB's tables in Cassandra; neighbouring points of one"
          + " row need one look-up."),
  ROW_KEY_CACHE_MISSES_TOTAL(
      "look-ups", "Row keys that were not found there and had to be encoded."),
  INDEX_ROWS_WRITTEN_TOTAL("rows", "Rows of KairosDB's index tables acknowledged by Cassandra."),
  START_TIME_MS("epoch ms", "When the task started.");

  /** Whether a metric only grows, from 0 at the task's start, or shows a state. */
  public enum Kind {
    /** Only grows. */
    COUNTER,
    /** Goes up and down. */
    GAUGE
  }

  /** By what there are several of a metric: one for each of a closed set of ids. */
  public enum Tag {
    /** A {@link Rule}. */
    RULE,
    /** A {@link Cause}. */
    CAUSE;

    /** The key in the object name. */
    public String key() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The values that it has in object names; all are there from the task's start on. */
    public List<String> ids() {
      return switch (this) {
        case RULE -> Arrays.stream(Rule.values()).map(Rule::id).toList();
        case CAUSE -> Arrays.stream(Cause.values()).map(Cause::id).toList();
      };
    }
  }

  private final String metricName = name().toLowerCase(Locale.ROOT).replace('_', '-');
  private final String unit;
  private final String description;
  private final @Nullable Tag tag;

  Metric(String unit, String description) {
    this(unit, description, null);
  }

  Metric(String unit, String description, @Nullable Tag tag) {
    this.unit = unit;
    this.description = description;
    this.tag = tag;
  }

  private static String latency(String share) {
    return share
        + " of the attempts to write of about the last minute that the store answered took no"
        + " longer, from send to answer; NaN for none.";
  }

  /** The name of the attribute: lower case, with hyphens. */
  public String metricName() {
    return metricName;
  }

  /** What is counted or measured, for people. */
  public String unit() {
    return unit;
  }

  /** What an operator has to know of it. */
  public String description() {
    return description;
  }

  /** A counter is whatever ends in {@code -total}, as Kafka's own are. */
  public Kind kind() {
    return metricName.endsWith("-total") ? Kind.COUNTER : Kind.GAUGE;
  }

  /** By what there are several of this metric; empty where there is one. */
  public Optional<Tag> tag() {
    return Optional.ofNullable(tag);
  }
}
