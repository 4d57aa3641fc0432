package io.datapoints.connect.store.cassandra.codec;

import com.datastax.oss.driver.api.core.DefaultProtocolVersion;
import com.datastax.oss.driver.api.core.data.CqlDuration;
import com.datastax.oss.driver.api.core.type.codec.TypeCodecs;
import com.datastax.oss.driver.api.core.uuid.Uuids;
import io.datapoints.connect.mapping.Times;
import io.datapoints.connect.model.InvalidValue;
import java.time.DateTimeException;
import java.time.Duration;
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
      if (!(value instanceof String text) || text.isEmpty() || text.length() > MAX_CHARS) {
        throw new InvalidValue(RULE);
      }
      into.put(
          Objects.requireNonNull(
              TypeCodecs.DURATION.encode(parse(text), DefaultProtocolVersion.V5)));
    }

    private static CqlDuration parse(String text) {
      try {
        return isFractional(text)
            ? CqlDuration.newInstance(0, 0, Duration.parse(text).toNanos())
            : CqlDuration.from(text);
      } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
        throw new InvalidValue(RULE);
      }
    }

    /** ISO allows fractions of a second; the driver's parser does not support them. */
    private static boolean isFractional(String text) {
      return text.indexOf('.') >= 0 && text.indexOf('T') >= 0;
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
