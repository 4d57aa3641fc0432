package io.datapoints.connect.store.cassandra.table;

import io.datapoints.connect.config.mapping.MappedTarget;
import io.datapoints.connect.mapping.Assignment;
import io.datapoints.connect.mapping.Numbers;
import io.datapoints.connect.mapping.Times;
import io.datapoints.connect.model.InvalidValue;
import io.datapoints.connect.model.MappedRecord;
import io.datapoints.connect.model.RecordOrigin;
import io.datapoints.connect.model.TtlLimits;
import io.datapoints.connect.store.cassandra.codec.CellCodec;
import io.datapoints.connect.store.cassandra.request.WriteTimestamp;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The write timestamp and the time to live of a row, from its record or from the settings. */
final class PseudoColumns {

  private static final int ABSENT = -1;

  private static final long MICROS = 1000;

  private final int timestamp;
  private final int ttl;
  private final int fallback;
  private final Times times;
  private final MappedTarget.CassandraOptions options;

  PseudoColumns(MappedTarget target) {
    List<Assignment> assignments = target.mapping().assignments();
    this.timestamp = position(assignments, Assignment.TIMESTAMP);
    this.ttl = position(assignments, Assignment.TTL);
    this.options = target.options().cassandra();
    this.fallback = position(assignments, options.timestampColumn());
    this.times = target.options().times();
  }

  private static int position(List<Assignment> assignments, @Nullable String name) {
    for (int i = 0; i < assignments.size(); i++) {
      if (assignments.get(i).path().size() == 1 && assignments.get(i).column().equals(name)) {
        return i;
      }
    }
    return ABSENT;
  }

  boolean hasTimestamp() {
    return timestamp != ABSENT;
  }

  boolean hasTtl() {
    return ttl != ABSENT;
  }

  /**
   * Microseconds since the epoch, at most a day ahead.
   *
   * @param now milliseconds since the epoch
   * @param table for the reason of a rejection
   */
  long timestamp(MappedRecord record, long now, String table) {
    Object value = value(record, timestamp);
    try {
      if (value == null) {
        return WriteTimestamp.of(record.origin(), lent(record, now), now);
      }
      return WriteTimestamp.bounded(micros(value), now);
    } catch (InvalidValue e) {
      throw new InvalidValue(e.reason(table + "." + Assignment.TIMESTAMP, "bigint"));
    } catch (ArithmeticException e) {
      throw new InvalidValue(table + "." + Assignment.TIMESTAMP + " (bigint): is out of range");
    }
  }

  /** Milliseconds since the epoch, for a record without a timestamp. */
  private long lent(MappedRecord record, long now) {
    Object value =
        record.origin().timestamp() == RecordOrigin.NO_TIMESTAMP ? value(record, fallback) : null;
    return value == null ? now : times.millis(value);
  }

  private long micros(Object value) {
    if (value instanceof Instant instant) {
      return Math.addExact(
          Math.multiplyExact(instant.getEpochSecond(), MICROS * MICROS),
          instant.getNano() / MICROS);
    }
    return switch (options.timestampUnit()) {
      case NANOSECONDS -> Numbers.scaled(value, -3);
      case MICROSECONDS -> Numbers.scaled(value, 0);
      case MILLISECONDS -> Numbers.scaled(value, 3);
      case SECONDS -> Numbers.scaled(value, 6);
      case MINUTES, HOURS, DAYS ->
          Numbers.scaled(scaled(value, options.timestampUnit().toMicros(1)), 0);
    };
  }

  /**
   * Seconds; 0 for no expiry; {@link TableRow#NO_TTL} for the default of the table.
   *
   * @param table for the reason of a rejection
   */
  int ttl(MappedRecord record, String table) {
    Object value = value(record, ttl);
    if (value == null) {
      return options.ttlSeconds();
    }
    try {
      long seconds = seconds(value);
      if (seconds >= TtlLimits.MAX_SECONDS) {
        throw new InvalidValue("must be less than " + TtlLimits.MAX_SECONDS + " seconds");
      }
      return (int) seconds;
    } catch (InvalidValue e) {
      throw new InvalidValue(e.reason(table + "." + Assignment.TTL, "int"));
    }
  }

  private long seconds(Object value) {
    if (value instanceof Long || value instanceof Integer) {
      return TtlLimits.seconds(((Number) value).longValue(), options.ttlUnit());
    }
    BigDecimal nanos = scaled(value, options.ttlUnit().toNanos(1)).setScale(0, RoundingMode.UP);
    long bounded = nanos.max(BigDecimal.ZERO).min(BigDecimal.valueOf(Long.MAX_VALUE)).longValue();
    return TtlLimits.seconds(bounded, TimeUnit.NANOSECONDS);
  }

  private static BigDecimal scaled(Object value, long factor) {
    return Numbers.decimal(value).multiply(BigDecimal.valueOf(factor));
  }

  private static @Nullable Object value(MappedRecord record, int assignment) {
    Object value = assignment == ABSENT ? null : record.value(assignment);
    return value == null || MappedRecord.isNothing(value) || CellCodec.isBlank(value)
        ? null
        : value;
  }
}
