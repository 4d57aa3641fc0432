package io.datapoints.connect.store.cassandra.codec;

import com.datastax.oss.driver.api.core.DefaultProtocolVersion;
import com.datastax.oss.driver.api.core.data.CqlDuration;
import com.datastax.oss.driver.api.core.type.codec.TypeCodecs;
import com.datastax.oss.driver.api.core.uuid.Uuids;
import io.datapoints.connect.mapping.Times;
import io.datapoints.connect.model.InvalidValue;
import io.datapoints.connect.model.WrittenValue;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Period;
import java.util.Objects;
import java.util.UUID;

/** The codecs of the types for times. */
public final class TimeCodecs {

  private TimeCodecs() {}

  /** CQL's timestamp: milliseconds since the epoch; digits below a millisecond are truncated. */
  record Timestamp(Times times) implements CellCodec {

    @Override
    public void encode(Object value, ValueBytes into, UnknownFields unknown) {
      into.putLong(times.millis(value));
    }

    @Override
    public int width() {
      return Long.BYTES;
    }
  }

  /** CQL's date: days since the epoch, shifted to be unsigned. */
  record Date(Times times) implements CellCodec {

    @Override
    public void encode(Object value, ValueBytes into, UnknownFields unknown) {
      into.putInt(times.days(value) + Integer.MIN_VALUE);
    }
  }

  /** CQL's time: nanoseconds since midnight. */
  record Time(Times times) implements CellCodec {

    @Override
    public void encode(Object value, ValueBytes into, UnknownFields unknown) {
      into.putLong(times.nanosOfDay(value));
    }
  }

  /** CQL's duration, from a text as ISO 8601 or CQL writes it. */
  enum Span implements CellCodec {
    CODEC;

    /** Longer than any sensible duration. */
    private static final int MAX_CHARS = 200;

    private static final String RULE = "must be a duration as in P1DT12H or 1d12h";

    @Override
    public void encode(Object value, ValueBytes into, UnknownFields unknown) {
      into.put(
          Objects.requireNonNull(
              TypeCodecs.DURATION.encode(duration(value), DefaultProtocolVersion.V5)));
    }

    private static CqlDuration duration(Object value) {
      try {
        if (value instanceof WrittenValue known && known.meaning() instanceof Duration span) {
          return CqlDuration.newInstance(0, 0, span.toNanos());
        }
        if (value instanceof String text && !text.isEmpty() && text.length() <= MAX_CHARS) {
          return isIsoTime(text) ? iso(text) : CqlDuration.from(text);
        }
      } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
        throw new InvalidValue(RULE);
      }
      throw new InvalidValue(RULE);
    }

    private static boolean isIsoTime(String text) {
      return text.indexOf('P') >= 0 && text.indexOf('T') >= 0 && text.indexOf(':') < 0;
    }

    /** The driver's parser takes neither fractions of a second nor signs within. */
    @SuppressWarnings("JavaPeriodGetDays") // The months are taken too.
    private static CqlDuration iso(String text) {
      int start = text.charAt(0) == '-' ? 1 : 0;
      int time = text.indexOf('T');
      String date = text.substring(start, time);
      Period days = date.equals("P") ? Period.ZERO : Period.parse(date);
      long months = days.toTotalMonths();
      long nanos = Duration.parse("PT" + text.substring(time + 1)).toNanos();
      return start == 1
          ? CqlDuration.newInstance(
              Math.toIntExact(-months), Math.negateExact(days.getDays()), Math.negateExact(nanos))
          : CqlDuration.newInstance(Math.toIntExact(months), days.getDays(), nanos);
    }
  }

  /** Ignores the value and writes a UUID with the current time, unique to the row. */
  public enum Now implements CellCodec {
    CODEC;

    @Override
    public void encode(Object value, ValueBytes into, UnknownFields unknown) {
      UUID now = Uuids.timeBased();
      into.putLong(now.getMostSignificantBits());
      into.putLong(now.getLeastSignificantBits());
    }
  }
}
