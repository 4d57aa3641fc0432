package io.datapoints.connect.store.cassandra.codec;

import io.datapoints.connect.mapping.Numbers;
import io.datapoints.connect.mapping.Times;
import io.datapoints.connect.model.InvalidValue;
import java.math.BigDecimal;
import java.nio.ByteBuffer;

/** The codecs of the numeric types. */
final class NumberCodecs {

  private NumberCodecs() {}

  /** CQL's tinyint. */
  enum Int8 implements CellCodec {
    CODEC;

    @Override
    public ByteBuffer encode(Object value, UnknownFields unknown) {
      byte number = (byte) Numbers.whole(value, Byte.MIN_VALUE, Byte.MAX_VALUE);
      return ByteBuffer.allocate(Byte.BYTES).put(0, number);
    }
  }

  /** CQL's smallint. */
  enum Int16 implements CellCodec {
    CODEC;

    @Override
    public ByteBuffer encode(Object value, UnknownFields unknown) {
      short number = (short) Numbers.whole(value, Short.MIN_VALUE, Short.MAX_VALUE);
      return ByteBuffer.allocate(Short.BYTES).putShort(0, number);
    }
  }

  /** CQL's int. */
  enum Int32 implements CellCodec {
    CODEC;

    @Override
    public ByteBuffer encode(Object value, UnknownFields unknown) {
      int number = (int) Numbers.whole(value, Integer.MIN_VALUE, Integer.MAX_VALUE);
      return ByteBuffer.allocate(Integer.BYTES).putInt(0, number);
    }

    @Override
    public int width() {
      return Integer.BYTES;
    }
  }

  /**
   * CQL's bigint and counter, and varint for points in time.
   *
   * @param times makes a number of a point in time
   */
  record Int64(Times times) implements CellCodec {

    @Override
    public ByteBuffer encode(Object value, UnknownFields unknown) {
      Object plain = times.asNumber(value);
      long number = Numbers.whole(plain, Long.MIN_VALUE, Long.MAX_VALUE);
      return ByteBuffer.allocate(Long.BYTES).putLong(0, number);
    }

    @Override
    public int width() {
      return Long.BYTES;
    }
  }

  /**
   * CQL's varint.
   *
   * @param times makes a number of a point in time
   */
  record Whole(Times times) implements CellCodec {

    @Override
    public ByteBuffer encode(Object value, UnknownFields unknown) {
      return ByteBuffer.wrap(Numbers.whole(times.asNumber(value)).toByteArray());
    }
  }

  /** CQL's float. */
  enum Float32 implements CellCodec {
    CODEC;

    @Override
    public ByteBuffer encode(Object value, UnknownFields unknown) {
      return ByteBuffer.allocate(Float.BYTES).putFloat(0, Numbers.nearestFloat(value));
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
    public ByteBuffer encode(Object value, UnknownFields unknown) {
      return ByteBuffer.allocate(Double.BYTES).putDouble(0, Numbers.nearestDouble(value));
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
    public ByteBuffer encode(Object value, UnknownFields unknown) {
      BigDecimal number = Numbers.decimal(value);
      byte[] unscaled = number.unscaledValue().toByteArray();
      return ByteBuffer.allocate(Integer.BYTES + unscaled.length)
          .putInt(number.scale())
          .put(unscaled)
          .flip();
    }
  }

  /** CQL's boolean. */
  enum Truth implements CellCodec {
    CODEC;

    private static final String RULE = "must be true or false, or 1 or 0";

    @Override
    public ByteBuffer encode(Object value, UnknownFields unknown) {
      return ByteBuffer.allocate(Byte.BYTES).put(0, (byte) (isTrue(value) ? 1 : 0));
    }

    private static boolean isTrue(Object value) {
      if (value instanceof Boolean flag) {
        return flag;
      }
      if (value instanceof String text) {
        if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
          return text.equalsIgnoreCase("true");
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
