package io.datapoints.connect.store.cassandra.codec;

import io.datapoints.connect.mapping.Numbers;
import io.datapoints.connect.mapping.Times;
import io.datapoints.connect.model.InvalidValue;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Set;

/** The codecs of the numeric types. */
final class NumberCodecs {

  private NumberCodecs() {}

  /** CQL's tinyint. */
  enum Int8 implements CellCodec {
    CODEC;

    @Override
    public void encode(Object value, ValueBytes into, UnknownFields unknown) {
      into.putByte((int) Numbers.whole(value, Byte.MIN_VALUE, Byte.MAX_VALUE));
    }
  }

  /** CQL's smallint. */
  enum Int16 implements CellCodec {
    CODEC;

    @Override
    public void encode(Object value, ValueBytes into, UnknownFields unknown) {
      into.putShort((int) Numbers.whole(value, Short.MIN_VALUE, Short.MAX_VALUE));
    }
  }

  /** CQL's int. */
  enum Int32 implements CellCodec {
    CODEC;

    @Override
    public void encode(Object value, ValueBytes into, UnknownFields unknown) {
      into.putInt((int) Numbers.whole(value, Integer.MIN_VALUE, Integer.MAX_VALUE));
    }

    @Override
    public int width() {
      return Integer.BYTES;
    }
  }

  /**
   * CQL's bigint and counter, and varint for points in time.
   *
   * @param times converts a point in time to a number
   */
  record Int64(Times times) implements CellCodec {

    @Override
    public void encode(Object value, ValueBytes into, UnknownFields unknown) {
      Object plain = times.asNumber(value);
      into.putLong(Numbers.whole(plain, Long.MIN_VALUE, Long.MAX_VALUE));
    }

    @Override
    public int width() {
      return Long.BYTES;
    }
  }

  /**
   * CQL's varint.
   *
   * @param times converts a point in time to a number
   */
  record Whole(Times times) implements CellCodec {

    @Override
    public void encode(Object value, ValueBytes into, UnknownFields unknown) {
      into.put(Numbers.whole(times.asNumber(value)).toByteArray());
    }
  }

  /** CQL's float. */
  enum Float32 implements CellCodec {
    CODEC;

    @Override
    public void encode(Object value, ValueBytes into, UnknownFields unknown) {
      into.putInt(Float.floatToRawIntBits(Numbers.nearestFloat(value)));
    }

    @Override
    public int width() {
      return Float.BYTES;
    }
  }

  /** CQL's double. */
  enum Float64 implements CellCodec {
    CODEC;

    @Override
    public void encode(Object value, ValueBytes into, UnknownFields unknown) {
      into.putLong(Double.doubleToRawLongBits(Numbers.nearestDouble(value)));
    }

    @Override
    public int width() {
      return Double.BYTES;
    }
  }

  /** CQL's decimal: the scale, then the unscaled value. */
  enum Decimal implements CellCodec {
    CODEC;

    @Override
    public void encode(Object value, ValueBytes into, UnknownFields unknown) {
      BigDecimal number = Numbers.decimal(value);
      into.putInt(number.scale());
      into.put(number.unscaledValue().toByteArray());
    }
  }

  /** CQL's boolean. */
  enum Truth implements CellCodec {
    CODEC;

    private static final String RULE =
        "must be true or false, yes or no, y or n, t or f, or 1 or 0";

    private static final Set<String> TRUE = Set.of("true", "yes", "y", "t", "1");
    private static final Set<String> FALSE = Set.of("false", "no", "n", "f", "0");

    @Override
    public void encode(Object value, ValueBytes into, UnknownFields unknown) {
      into.putByte(isTrue(value) ? 1 : 0);
    }

    private static boolean isTrue(Object value) {
      if (value instanceof Boolean flag) {
        return flag;
      }
      if (value instanceof String text) {
        String word = text.toLowerCase(Locale.ROOT);
        if (TRUE.contains(word) || FALSE.contains(word)) {
          return TRUE.contains(word);
        }
        throw new InvalidValue(RULE);
      }
      if (value instanceof Number) {
        BigDecimal number = Numbers.decimal(value);
        if (number.signum() == 0 || number.compareTo(BigDecimal.ONE) == 0) {
          return number.signum() != 0;
        }
      }
      throw new InvalidValue(RULE);
    }

    @Override
    public int width() {
      return Byte.BYTES;
    }
  }
}
